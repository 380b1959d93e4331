/** A storm of launches in a terminal: success first, then rates and quantiles, then what the laws say. */
import type { ThroughputModels } from "../../capacity/models/throughput.ts";
import type { Quantile, StormResult, StormSummary } from "../../capacity/storm/storm-types.ts";
import { formatShare, formatValue, plural } from "../kit/format.ts";
import { pad, painter, screenText, wrap } from "../kit/terminal-table.ts";

const WIDTHS = [6, 8, 7, 15, 15, 15, 6];
const INDENT = "  ";

export function stormTerminal(
  result: StormResult,
  { columns, colour }: { columns: number; colour: boolean },
): string {
  const paint = painter(colour);
  const lines = [
    ...(result.interrupted
      ? wrap("! interrupted: what was measured until then", columns).map(paint.yellow)
      : []),
    ...result.configurations.flatMap(({ configuration, closed, models, open, leftovers }) => [
      paint.bold(configuration),
      paint.dim(row("N", "good", "rate", "p50, ms", "p95, ms", "p99, ms", "Little")),
      ...closed.map(({ concurrency, summary, little }) =>
        row(
          String(concurrency),
          ...summaryCells(summary),
          `${little.holds ? "" : "!"}${formatShare(little.gap)}`,
        ),
      ),
      ...closed
        .flatMap(({ summary }) => summary.failures)
        .slice(0, 3)
        .flatMap((text) => wrap(`! ${text}`, columns, INDENT).map(paint.red)),
      ...(models === null ? [] : modelTexts(models).flatMap((text) => wrap(text, columns, INDENT))),
      ...(open === null
        ? []
        : [
            paint.dim(row("open", "good", "rate", "p50, ms", "p95, ms", "p99, ms", "lost")),
            row(
              `${Number(open.ratePerS.toPrecision(3))}/s`,
              ...summaryCells(open.summary),
              String(open.dropped),
            ),
            ...wrap(
              `the generator was late by ${formatValue(open.lagP99S * 1e9, "ns")} (p99)`,
              columns,
              INDENT,
            ),
            ...(open.refused === null
              ? []
              : wrap(`! refused: ${open.refused}`, columns, INDENT).map(paint.red)),
          ]),
      ...wrap(
        leftovers === 0 ? "nothing is left of them" : `! ${plural(leftovers, "process", "processes")} left`,
        columns,
        INDENT,
      ),
      "",
    ]),
    ...result.left.flatMap(({ configuration, reason }) =>
      wrap(`${configuration}: unavailable: ${reason}`, columns),
    ),
  ];
  return screenText(lines, colour);
}

function summaryCells({ starts, failed, ratePerS, ready }: StormSummary): string[] {
  return [
    `${starts - failed}/${starts}`,
    `${ratePerS.toFixed(1)}/s`,
    ...["p50", "p95", "p99"].map((name) => quantileText(ready[name]!)),
  ];
}

/** `118 [110, 131]`, ms; what too few starts cannot bear is not shown. */
function quantileText(quantile: Quantile): string {
  if ("needed" in quantile) return `needs n=${quantile.needed}`;
  const ms = (seconds: number) => (seconds * 1000).toFixed(0);
  const { estimateS, lowS, highS } = quantile;
  return `${ms(estimateS)} [${lowS === null ? "-" : ms(lowS)}, ${ms(highS)}]`;
}

const NAMES = { usl: "Universal Scalability Law", "closed-servers": "closed model of m servers" };

function modelTexts({ laws, chosen }: ThroughputModels): string[] {
  return laws.map(({ law, parameters, worstMiss, peak, refused }) => {
    const values = Object.entries(parameters)
      .map(([name, { value, low, high }]) => `${name} ${short(value)} [${short(low)}, ${short(high)}]`)
      .join(", ");
    if (refused.length > 0) return `${NAMES[law]}: refused: ${refused.join("; ")}`;
    const at =
      peak === null ? "" : `; highest at ${short(peak.value)} [${short(peak.low)}, ${short(peak.high)}]`;
    return `${NAMES[law]}${law === chosen ? " (fits best)" : ""}: ${values}; misses by ${formatShare(worstMiss)} at most${at}`;
  });
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "no end";
}

function row(...cells: string[]): string {
  return (INDENT + cells.map((cell, index) => pad(cell, WIDTHS[index]!, "right")).join(" ")).trimEnd();
}
