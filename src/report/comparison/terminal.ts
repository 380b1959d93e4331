/** A comparison in a terminal: the decision, what is worse, what is unclear; what stayed the same is a count. */
import type { MetricComparison } from "../../check/comparison-types.ts";
import { plural } from "../kit/format.ts";
import { type Paint, pad, painter, screenText, wrap } from "../kit/terminal-table.ts";
import type { Gap, VerdictRow, VerdictView } from "./verdict-view.ts";
import { isForDrift, percentText } from "./words.ts";

export type VerdictTerminalOptions = {
  columns: number;
  colour: boolean;
  /** Also list what stayed the same and what is not gated. */
  all: boolean;
};

/** Widths of the columns after the name, each with the space before it; ranges widen that of the values. */
const VALUES = 23;
const COST = 9;
const INTERVAL = 18;
const LIMIT = 8;
const LONGEST_NAME = 40;
/** Of the cells not compared for one reason, so many are named. */
const GAPS_NAMED = 3;
/** In a narrower window the name of the metric matters more than the two values. */
const ROOM_FOR_VALUES = 78;

export function verdictTerminal(view: VerdictView, options: VerdictTerminalOptions): string {
  const { columns, all } = options;
  const paint = painter(options.colour);
  const { worse, unclear, better, same } = view.rows;
  const list = (title: string, rows: readonly VerdictRow[], heading: (text: string) => string) =>
    table(title, rows, columns, heading, paint);
  const listed = [...worse, ...unclear, ...better, ...(all ? [...same, ...view.ungated] : [])];
  const floors = listed.some(({ metric }) => metric.deltaFrom === "noise floor");
  const drifts = listed.some(({ metric }) => isForDrift(metric));
  const unseen = view.notCompared.filter(({ isUnseen }) => isUnseen);
  const others = view.notCompared.filter(({ isUnseen }) => !isUnseen);
  const mostNamed = all ? Number.POSITIVE_INFINITY : GAPS_NAMED;
  const lines = [
    ...(view.banner === null ? [] : wrap(view.banner, columns).map(paint.red)),
    ...wrap(view.headline, columns).map(view.passed ? paint.bold : (text) => paint.bold(paint.red(text))),
    ...wrap(view.trust, columns),
    ...view.sides.flatMap(({ side, label, detail }) =>
      wrap(`${side}: ${label} (${detail})`, columns).map(paint.dim),
    ),
    ...view.warnings.flatMap((warning) => wrap(`! ${warning}`, columns).map(paint.yellow)),
    ...gapLines("Broken", view.broken, Number.POSITIVE_INFINITY, columns, paint.red, paint),
    ...list("Worse", worse, paint.red),
    ...list("Unclear", unclear, paint.yellow),
    ...list("Better", better, paint.bold),
    ...(all ? list("Same", same, paint.bold) : folded("Same", same, view.sameReach, columns)),
    ...(all ? list("Not gated", view.ungated, paint.bold) : folded("Not gated", view.ungated, "", columns)),
    ...gapLines("Missing in b", unseen, mostNamed, columns, paint.yellow, paint),
    ...gapLines("Not compared", others, mostNamed, columns, paint.bold, paint),
    ...(floors ? ["", "* the A/A noise floor, which is above the configured limit"] : []),
    ...(drifts ? ["", ...wrap(DRIFT_NOTE, columns)] : []),
  ];
  return screenText(lines, options.colour);
}

const DRIFT_NOTE =
  "~ raised for drift of the host between the two runs, by as much as native moved; `run --ab` needs no such allowance";

function limitMark(metric: MetricComparison): string {
  const floor = metric.deltaFrom === "noise floor" ? "*" : "";
  return `${percentText(metric.delta)}${floor}${isForDrift(metric) ? "~" : ""}`;
}

/** Rows under their cell, cells in the order of their largest effect. */
function table(
  title: string,
  rows: readonly VerdictRow[],
  columns: number,
  heading: (text: string) => string,
  paint: Paint,
): string[] {
  if (rows.length === 0) return [];
  const longest = Math.max(...rows.map(({ before, after }) => before.length + after.length + " → ".length));
  const widened = Math.max(VALUES, longest + 1);
  const valuesWidth = columns >= ROOM_FOR_VALUES + widened - VALUES ? widened : 0;
  const name = Math.min(LONGEST_NAME, columns - valuesWidth - COST - INTERVAL - LIMIT);
  const line = (first: string, values: string, cost: string, interval: string, limit: string) =>
    `${pad(first, name)}${valuesWidth === 0 ? "" : ` ${pad(values, valuesWidth - 1)}`} ${pad(cost, COST - 1, "right")} ${pad(interval, INTERVAL - 1, "right")} ${pad(limit, LIMIT - 1, "right")}`;
  const cells = Map.groupBy(
    rows,
    (row) => `${row.cell}${row.against === null ? "" : `, against ${row.against}`}`,
  );
  const said = new Set(rows.map(({ power }) => power));
  const forAll = rows.length > 1 && said.size === 1 ? rows[0]!.power : "";
  return [
    "",
    heading(line(`${title} (${rows.length})`, "a → b", "cost", "95 % interval", "limit")),
    ...(forAll === "" ? [] : wrap(`each: ${forAll}`, columns)),
    ...[...cells].flatMap(([cell, own]) => [
      ...wrap(cell, columns).map(paint.dim),
      ...own.flatMap((row) => [
        line(
          `  ${row.name}`,
          `${row.before} → ${row.after}`,
          row.change,
          row.interval === "[too few launches]" ? "too few launches" : row.interval,
          limitMark(row.metric),
        ),
        ...(row.zeros === "" ? [] : wrap(row.zeros, columns, "    ").map(paint.dim)),
        ...(row.power === "" || forAll !== "" ? [] : wrap(row.power, columns, "    ").map(paint.dim)),
      ]),
    ]),
  ];
}

function folded(title: string, rows: readonly VerdictRow[], about: string, columns: number): string[] {
  if (rows.length === 0) return [];
  const text = `${title}: ${plural(rows.length, "metric")}${about === "" ? "" : `; ${about}`}`;
  return ["", ...wrap(text, columns)];
}

function gapLines(
  title: string,
  list: readonly Gap[],
  most: number,
  columns: number,
  heading: (text: string) => string,
  paint: Paint,
): string[] {
  if (list.length === 0) return [];
  return [
    "",
    ...list.flatMap(({ reason, what }) => [
      ...wrap(`${title} (${what.length}): ${reason}`, columns).map(heading),
      ...what.slice(0, most).flatMap((one) => wrap(one, columns, "  ").map(paint.dim)),
      ...(what.length > most ? [paint.dim(`  and ${what.length - most} more`)] : []),
    ]),
  ];
}
