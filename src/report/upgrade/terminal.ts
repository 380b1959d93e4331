/** The upgrade in a terminal: the answer, what got worse and better, and what only one of the two can do. */
import type { VerdictName } from "../../check/comparison-types.ts";
import { type Paint, pad, wrap } from "../kit/terminal-table.ts";
import type { UpgradeView } from "./view.ts";

/** Rows of each verdict; the rest is in the report. */
const ROWS = 6;
/** Of a list of cells or flags. */
const LINES = 3;
const COST = 10;
const INTERVAL = 18;

export function upgradeLines(view: UpgradeView, columns: number, paint: Paint): string[] {
  return [
    paint.bold(view.title),
    ...wrap(view.text, columns),
    ...rowLines("Worse", "worse", view, columns, paint.red, paint),
    ...rowLines("Better", "better", view, columns, paint.bold, paint),
    ...view.gaps.flatMap(({ title, rows }) => [
      ...wrap(title, columns).map(paint.yellow),
      ...rows.flatMap(([what = "", which = ""]) => shortened(wrap(`${what}: ${which}`, columns - 2, "  "))),
    ]),
    "",
  ];
}

/** The report has it all. */
function shortened(lines: readonly string[]): string[] {
  if (lines.length <= LINES) return [...lines];
  return [...lines.slice(0, LINES - 1), `${lines[LINES - 1]} …`];
}

function rowLines(
  title: string,
  verdict: VerdictName,
  view: UpgradeView,
  columns: number,
  heading: (text: string) => string,
  paint: Paint,
): string[] {
  const rows = view.rows[verdict];
  if (rows.length === 0) return [];
  const name = Math.min(48, columns - COST - INTERVAL);
  const line = (first: string, cost: string, interval: string) =>
    `${pad(first, name)} ${pad(cost, COST - 1, "right")} ${pad(interval, INTERVAL - 1, "right")}`;
  const more = rows.length - ROWS;
  return [
    heading(line(`${title} (${rows.length})`, "cost", "95 % interval")),
    ...rows
      .slice(0, ROWS)
      .map((row) => line(`  ${row.cell.replace("::", " ")} ${row.name}`, row.change, row.interval)),
    ...(more > 0 ? [paint.dim(`  and ${more} more in the report`)] : []),
  ];
}
