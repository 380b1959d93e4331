/** A server in a terminal: what it costs to come up, what it holds, and its p99 by rate. */
import type { Estimate } from "../kit/figure.ts";
import { plural } from "../kit/format.ts";
import { type Paint, pad, wrap } from "../kit/terminal-table.ts";
import type { ServerView } from "./view.ts";

const LABEL = 34;
const CELL = 15;

export function serverLines(view: ServerView, columns: number, paint: Paint): string[] {
  const measured = view.rows.filter(({ missing }) => missing === null);
  if (measured.length === 0) return [];
  // The lowest rates are the least of a server's answer: the highest ones are shown.
  const rates = view.rates.slice(-Math.max(1, Math.floor((columns - LABEL) / CELL)));
  const n = Math.max(...measured.map(({ firstAnswer }) => firstAnswer?.n ?? 0));
  const line = (label: string, cells: readonly string[]) =>
    `${pad(label, LABEL)}${cells.map((cell) => pad(cell, CELL, "right")).join("")}`;
  const untried = measured.some((row) => row.rates.some(({ missing }) => missing !== null));
  return [
    ...wrap(`Server ${view.name}: medians ± 95 % interval, ${plural(n, "launch", "launches")}`, columns).map(
      paint.bold,
    ),
    paint.dim(line("", ["first answer", "holds", "memory"])),
    ...measured.map((row) => line(row.label, [row.firstAnswer, row.capacity, row.memory].map(short))),
    paint.dim(
      line(
        "p99 at",
        rates.map((rate) => `${rate.toLocaleString("en")}/s`),
      ),
    ),
    ...measured.map((row) =>
      line(
        row.label,
        rates.map((rate) => {
          const at = row.rates.find((one) => one.rate === rate);
          return at?.missing === null ? short(at.p99) : "full";
        }),
      ),
    ),
    ...wrap(`holds: ${view.capacityTitle}${untried ? "; full: it was at a lower rate" : ""}`, columns).map(
      paint.dim,
    ),
    "",
  ];
}

/** `44.2 ms ±4%`; `44.2 ms n=1` where there is no interval. */
function short(estimate: Estimate | null): string {
  if (estimate === null) return "-";
  const { value, low, high, n } = estimate;
  if (low === null || high === null) return `${estimate.short} n=${n}`;
  const percent = (100 * Math.max(high - value, value - low)) / value;
  return `${estimate.short} ±${percent < 0.95 ? percent.toFixed(1) : Math.round(percent)}%`;
}
