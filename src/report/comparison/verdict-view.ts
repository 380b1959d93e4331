/** What every renderer of a comparison shows: sentences and rows, made once. */
import {
  type ComparedSide,
  type Comparison,
  type MetricComparison,
  VERDICT_ORDER,
  type VerdictName,
} from "../../check/comparison-types.ts";
import { RANGE_NOTE } from "../kit/beside-ratios.ts";
import { formatShown } from "../kit/format.ts";
import { formatTime } from "../run/view/provenance.ts";
import { headline, trust } from "./sentences.ts";
import { changeOf, intervalOf, limitText, percentText, powerText, settleText, zerosText } from "./words.ts";

export type VerdictRow = {
  metric: MetricComparison;
  verdict: VerdictName;
  cell: string;
  /** Cell on the other side, where it is another one. */
  against: string | null;
  name: string;
  /** `1.35 µs`; `118…158 ns` where two medians would not divide to the change */
  before: string;
  after: string;
  /** `+12.4 %`; `no ratio` where a value is 0 */
  change: string;
  /** `[+10.1, +14.9]`; empty where there is no ratio */
  interval: string;
  /** `0 in 12 of 12 launches of a and in 3 of 12 of b`; empty where there is a ratio */
  zeros: string;
  /** `8.1 % (noise floor)` */
  limit: string;
  /** `1.35 µs → 1.52 µs, cost +12.4 % [+10.1, +14.9], limit 5 %` */
  figures: string;
  /** `would find a loss of 6.1 %; 45 rounds would settle it`; empty on worse and better. */
  power: string;
};

/** Cells, or single metrics (`cell::metric`), that share a reason. */
export type Gap = { reason: string; what: string[] };

/** `isUnseen`: gated on side a, and without a figure on side b; the gate no longer sees it. */
export type UncomparedGap = Gap & { isUnseen: boolean };

export type VerdictView = {
  /** `worse: 3 of 41 metrics ...` */
  headline: string;
  /** How the two sides were compared, and what that is worth. */
  trust: string;
  /** Loud, above everything; `null` on real hardware. */
  banner: string | null;
  /** Whether the gate holds, `unclear` counted as strict asks. */
  passed: boolean;
  /** What side b can no longer do; counts as worse. */
  broken: Gap[];
  /** Gated metrics by verdict, the largest effect first. */
  rows: Record<VerdictName, VerdictRow[]>;
  /** Shown and not gated. */
  ungated: VerdictRow[];
  /** `would find losses of 1.2 % to 4.8 %`: of those called same. */
  sameReach: string;
  /** Those that the gate no longer sees come first. */
  notCompared: UncomparedGap[];
  warnings: string[];
  sides: { side: "a" | "b"; label: string; detail: string }[];
  provenance: { label: string; a: string; b: string }[];
};

/** The tables of Markdown and HTML; without its last columns where no row has anything to say in them. */
export function tableOf(rows: readonly VerdictRow[]): { head: string[]; rows: string[][] } {
  const hasPower = rows.some(({ power }) => power !== "");
  const hasSettle = rows.some(({ verdict }) => verdict === "unclear");
  const head = ["metric", "cost", "95 % interval", "a → b", "limit"];
  return {
    head: [...head, ...(hasPower ? ["finds from"] : []), ...(hasSettle ? ["to settle"] : []), "cell"],
    rows: rows.map((row) => [
      row.name,
      row.change,
      row.zeros === "" ? row.interval : row.zeros,
      `${row.before} → ${row.after}`,
      row.limit,
      ...(hasPower ? [reachText(row.metric)] : []),
      ...(hasSettle ? [settleText(row.metric)] : []),
      row.against === null ? row.cell : `${row.cell} against ${row.against}`,
    ]),
  };
}

/** @param strict `unclear` fails as well */
export function verdictView(comparison: Comparison, strict: boolean): VerdictView {
  const shown = comparison.emulated ? [] : comparison.metrics;
  const gated = shown.filter((metric) => metric.gated);
  const byVerdict = (verdict: VerdictName) =>
    gated
      .filter((metric) => metric.verdict === verdict)
      .toSorted(byEffect)
      .map(verdictRow);
  const { outcome, emulated } = comparison;
  return {
    headline: headline(comparison),
    trust: [trust(comparison), rangeNote(shown)].join(""),
    banner: emulated
      ? "Functional test only. The processor was emulated: nothing about performance can be told."
      : null,
    passed: emulated || outcome === "ok" || (outcome === "unclear" && !strict),
    rows: Object.fromEntries(VERDICT_ORDER.map((name) => [name, byVerdict(name)])) as VerdictView["rows"],
    ungated: shown
      .filter((metric) => !metric.gated)
      .toSorted(byEffect)
      .map(verdictRow),
    sameReach: reach(gated.filter(({ verdict }) => verdict === "same")),
    broken: gaps(comparison.broken),
    notCompared: [true, false].flatMap((isUnseen) =>
      gaps(comparison.notCompared.filter((one) => (one.unseen ?? false) === isUnseen)).map((gap) => ({
        ...gap,
        isUnseen,
      })),
    ),
    warnings: [
      ...comparison.unlike.map(({ field, a, b }) => `the hosts differ in ${field}: ${a} (a), ${b} (b)`),
      ...comparison.warnings,
    ],
    sides: (["a", "b"] as const).map((side) => ({ side, ...sideText(comparison[side]) })),
    provenance: provenance(comparison),
  };
}

export function verdictRow(metric: MetricComparison): VerdictRow {
  const { cell, cellA, values, unit, offset } = metric;
  const [before, after] = [formatShown(values.over, unit), formatShown(values.of, unit)];
  const zeros = zerosText(metric);
  const [change, interval, limit] = [changeOf(metric), intervalOf(metric), limitText(metric)];
  return {
    metric,
    verdict: metric.verdict,
    cell,
    against: cellA === cell ? null : cellA,
    name: metric.metric,
    before,
    after,
    change,
    interval,
    zeros,
    limit,
    figures: `${before} → ${after}, ${offset > 0 ? `${change}: ${zeros}` : `cost ${change} ${interval}`}, limit ${limit}`,
    power: powerText(metric),
  };
}

function rangeNote(metrics: readonly MetricComparison[]): string {
  return metrics.every(({ values }) => values.agree) ? "" : ` ${RANGE_NOTE}`;
}

function gaps(list: readonly { cell: string; metric: string | null; reason: string }[]): Gap[] {
  return [...Map.groupBy(list, ({ reason }) => reason)].map(([reason, same]) => ({
    reason,
    what: same.map(({ cell, metric }) => (metric === null ? cell : `${cell}::${metric}`)),
  }));
}

function byEffect(x: MetricComparison, y: MetricComparison): number {
  return Math.abs(Math.log(y.effect.ratio)) - Math.abs(Math.log(x.effect.ratio));
}

function reach(same: readonly MetricComparison[]): string {
  const found = same.flatMap(({ mde, offset }) => (mde === null || offset > 0 ? [] : [mde]));
  if (found.length === 0) return "";
  const [least, most] = [percentText(Math.min(...found)), percentText(Math.max(...found))];
  return least === most ? `would find a loss of ${least}` : `would find losses of ${least} to ${most}`;
}

function reachText({ mde, offset }: MetricComparison): string {
  if (offset > 0) return "";
  return mde === null ? "nothing yet" : percentText(mde);
}

function sideText(side: ComparedSide): { label: string; detail: string } {
  const run = side.runId === side.label ? "" : `run ${side.runId}, `;
  return { label: side.label, detail: `${run}${formatTime(side.startedAt)}` };
}

function provenance({ a, b }: Comparison): VerdictView["provenance"] {
  const versions = [...new Set([...Object.keys(a.versions), ...Object.keys(b.versions)])];
  return [
    { label: "Side", a: a.label, b: b.label },
    { label: "Run", a: a.runId, b: b.runId },
    { label: "Started", a: formatTime(a.startedAt), b: formatTime(b.startedAt) },
    { label: "Host fingerprint", a: a.fingerprintId, b: b.fingerprintId },
    { label: "sbx-bench", a: a.toolVersion, b: b.toolVersion },
    ...versions.map((name) => ({
      label: name,
      a: a.versions[name] ?? "not recorded",
      b: b.versions[name] ?? "not recorded",
    })),
  ];
}
