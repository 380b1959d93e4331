/** The numbers behind the stacks of *why*: for people, and for programs. */
import { TERM_NAMES, TERMS } from "../../../model/terms.ts";
import type { Chart } from "../../kit/chart.ts";
import { formatValue } from "../../kit/format.ts";
import { TOGETHER } from "../text.ts";
import type { WhyConfiguration, WhyRow, WhySegment } from "../view/model-view.ts";

/** For people: also what the page's script makes of `WhyData`. */
export function whyNumbers(rows: readonly WhyRow[]): Chart["numbers"] {
  return {
    head: ["more than natively", "measured", "the terms add up to", "of which"],
    rows: rows.map((row) => {
      const parts = row.segments
        .toSorted((a, b) => size(b) - size(a))
        .map((segment) => `${titleOf(segment)} ${text(row, segment.to - segment.from)}`);
      return [row.title, measuredText(row), text(row, row.modelled), parts.join("; ")];
    }),
  };
}

function titleOf({ term }: WhySegment): string {
  return term === null ? TOGETHER : TERMS[term].title;
}

function size({ from, to }: { from: number; to: number }): number {
  return Math.abs(to - from);
}

function measuredText(row: WhyRow): string {
  if (row.low === null || row.high === null) return text(row, row.measured);
  return `${text(row, row.measured)} [${text(row, row.low)}, ${text(row, row.high)}]`;
}

function text({ unit }: WhyRow, value: number): string {
  if (unit === "ns") return formatValue(value, "ns");
  return `${value < 0 ? "" : "+"}${(100 * value).toFixed(1)} %`;
}

/** Raw values; one column a term, and one for those that are hardly told apart. */
export function whyCsv({ configuration, rounds }: WhyConfiguration, rows: readonly WhyRow[]): Chart["csv"] {
  return {
    head: [
      "key",
      "configuration",
      "unit",
      "measured",
      "low",
      "high",
      "rounds",
      "modelled",
      ...TERM_NAMES,
      "together",
    ],
    rows: rows.map((row) => [
      row.key,
      configuration,
      row.unit,
      row.measured,
      row.low,
      row.high,
      rounds,
      row.modelled,
      ...[...TERM_NAMES, null].map((term) => {
        const own = row.segments.find((segment) => segment.term === term);
        return own === undefined ? null : own.to - own.from;
      }),
    ]),
  };
}
