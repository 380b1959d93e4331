/** Which metrics of two sides can be held against each other, what broke, and what can't be compared. Pure. */
import type { CellData } from "../stats/cell-data.ts";
import type { BrokenCell, NotCompared } from "../stats/comparison-types.ts";
import type { MetricSeries } from "../stats/metric-series.ts";
import type { GateRule, GateRuleOf } from "./gate-rule.ts";
import { wasLaunched } from "./side.ts";

export type Pair = readonly [CellData | undefined, CellData | undefined];

/** A metric that both sides have. */
export type Candidate = {
  cell: string;
  cellA: string;
  scenario: string;
  a: MetricSeries;
  b: MetricSeries;
  /** Rounds whose launch was disturbed. */
  disturbed: { a: ReadonlySet<number>; b: ReadonlySet<number> };
  rule: GateRule;
};

export type Matched = { candidates: Candidate[]; broken: BrokenCell[]; notCompared: NotCompared[] };

/**
 * @param a cell of the old side, `b` that of the new one; undefined where the side's plan lacks it
 * @param paired whether the sides share their rounds
 */
export function matchCells(
  a: CellData | undefined,
  b: CellData | undefined,
  ruleOf: GateRuleOf,
  paired: boolean,
): Matched {
  const cell = (b ?? a)!.cell.id;
  const scenario = (b ?? a)!.cell.scenario;
  const nothing = (reason: string): Matched => ({
    candidates: [],
    broken: [],
    notCompared: [{ cell, metric: null, reason }],
  });
  const broke = (reason: string): Matched => ({
    candidates: [],
    broken: [{ cell, scenario, metric: null, reason }],
    notCompared: [],
  });
  const missing = { a: absence(a), b: absence(b) };
  if (missing.a !== null && missing.b !== null)
    return isAskedFor(a) || isAskedFor(b) ? nothing(`on both sides: ${missing.b}`) : none();
  if (missing.a !== null) return nothing(`only on the new side; on the old one: ${missing.a}`);
  if (b === undefined || b.status === "excluded")
    return nothing(`only on the old side; on the new one: ${missing.b}`);
  if (b.status === "failed" && !wasLaunched(b)) return nothing(`on the new side: ${b.reason}`);
  if (b.status === "failed") return broke(`failed: ${b.reason}`);
  if (missing.b !== null) return broke(`can no longer run: ${missing.b}`);
  return matchMetrics(a!, b, ruleOf, paired);
}

/** Why a side has no figures of a cell; `null` where it has. */
function absence(data: CellData | undefined): string | null {
  if (data === undefined) return "not in its plan";
  if (data.series.size > 0) return null;
  return data.reason ?? "no metric was measured";
}

/** Neither left out of the plan nor excluded on purpose. */
function isAskedFor(data: CellData | undefined): boolean {
  return data !== undefined && data.status !== "excluded";
}

function none(): Matched {
  return { candidates: [], broken: [], notCompared: [] };
}

function matchMetrics(a: CellData, b: CellData, ruleOf: GateRuleOf, paired: boolean): Matched {
  const matched = none();
  const { id: cell, scenario } = b.cell;
  const disturbed = { a: disturbedRounds(a), b: disturbedRounds(b) };
  for (const [metric, series] of [...b.series, ...missingFrom(b, a)]) {
    const rule = ruleOf(cell, series.meta);
    const old = a.series.get(metric);
    const fresh = b.series.get(metric);
    const impossible = { a: impossibleValue(old), b: impossibleValue(fresh) };
    const notCompared = (reason: string) => matched.notCompared.push({ cell, metric, reason });
    const broken = (reason: string) =>
      rule.gated
        ? matched.broken.push({ cell, scenario, metric, reason })
        : matched.notCompared.push({ cell, metric, reason });
    if (old === undefined) notCompared("only on the new side");
    else if (fresh === undefined) broken(`measured on the old side only: ${whyMissing(b, metric)}`);
    else if (impossible.b !== null) broken(`the new side has an impossible value: ${impossible.b}`);
    else if (impossible.a !== null) notCompared(`the old side has an impossible value: ${impossible.a}`);
    else if (paired && !sharesRounds(old, fresh)) notCompared("no round has a value of both sides");
    else matched.candidates.push({ cell, cellA: a.cell.id, scenario, a: old, b: fresh, disturbed, rule });
  }
  return matched;
}

function disturbedRounds({ good }: CellData): Set<number> {
  return new Set(good.filter(({ load }) => load.disturbed.length > 0).map(({ round }) => round));
}

function sharesRounds(a: MetricSeries, b: MetricSeries): boolean {
  return [...a.byRound.keys()].some((round) => b.byRound.has(round));
}

function missingFrom(b: CellData, a: CellData): [string, MetricSeries][] {
  return [...a.series].filter(([metric]) => !b.series.has(metric));
}

function whyMissing(data: CellData, metric: string): string {
  const skip = data.good.flatMap(({ skips }) => skips).find(({ op }) => op === metric);
  return skip?.reason ?? "no launch has a value of it";
}

/** Nothing that is measured here can be zero or less but counts. `null` where all values can be. */
function impossibleValue(series: MetricSeries | undefined): string | null {
  for (const [round, value] of series?.byRound ?? []) {
    if (value > 0) continue;
    if (series!.meta.unit === "count" && value === 0) return "0, which has no ratio";
    return `${value} ${series!.meta.unit} in round ${round + 1}`;
  }
  return null;
}
