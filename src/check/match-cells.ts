/** Which metrics of two sides can be held against each other, what broke, and what can't be compared. Pure. */
import type { CellData } from "../stats/summaries/cell-data.ts";
import type { MetricSeries } from "../stats/summaries/metric-series.ts";
import { failingSuspect, type Suspect } from "./broken-or-chance.ts";
import type { BrokenCell, NotCompared } from "./comparison-types.ts";
import type { GateRule, GateRuling } from "./gate-rule.ts";
import { matchMetrics } from "./match-metrics.ts";
import { wasLaunched } from "./side.ts";

export type Pair = readonly [CellData | undefined, CellData | undefined];

/** A metric that both sides have. */
export type Candidate = {
  cell: string;
  cellA: string;
  scenario: string;
  a: MetricSeries;
  b: MetricSeries;
  /** Added to the values of both sides before they are compared as ratios; 0 where no value is 0. */
  offset: number;
  /** Rounds whose launch was disturbed. */
  disturbed: { a: ReadonlySet<number>; b: ReadonlySet<number> };
  rule: GateRule;
};

export type Matched = {
  candidates: Candidate[];
  broken: BrokenCell[];
  /** Broken, if it can't be chance. */
  suspects: Suspect[];
  notCompared: NotCompared[];
  warnings: string[];
};

export type Matching = Pick<GateRuling, "ruleOf" | "isGated"> & {
  /** Whether the sides share their rounds. */
  paired: boolean;
};

/** @param a cell of the old side, `b` that of the new one; undefined where the side's plan lacks it */
export function matchCells(
  a: CellData | undefined,
  b: CellData | undefined,
  { ruleOf, isGated, paired }: Matching,
): Matched {
  const { id: cell, scenario } = (b ?? a)!.cell;
  const notCompared = (reason: string, isUnseen = false): Matched => ({
    ...nothing(),
    notCompared: [{ cell, metric: null, reason, ...(isUnseen && { unseen: true }) }],
  });
  const missing = { a: absence(a), b: absence(b) };
  if (missing.a !== null && missing.b !== null)
    return isAskedFor(a) || isAskedFor(b) ? notCompared(bothLack(missing.a, missing.b)) : nothing();
  if (missing.a !== null) return notCompared(`only on the new side; on the old one: ${missing.a}`);
  const wasGated = [...a!.series.values()].some(({ meta }) => isGated(cell, meta));
  if (b === undefined || b.status === "excluded")
    return notCompared(`only on the old side; on the new one: ${missing.b}`, wasGated);
  if (b.status === "failed" && !wasLaunched(b)) return notCompared(`on the new side: ${b.reason}`, wasGated);
  const failing = failingSuspect(a!, b, wasGated);
  if (missing.b !== null) {
    if (failing !== null && b.good.length + a!.failed.length > 0)
      return { ...nothing(), suspects: [failing] };
    const reason = b.status === "failed" ? `failed: ${b.reason}` : `can no longer run: ${missing.b}`;
    return { ...nothing(), broken: [{ cell, scenario, metric: null, reason }] };
  }
  const matched = matchMetrics(a!, b, { ruleOf, isGated, paired });
  return failing === null ? matched : { ...matched, suspects: [failing, ...matched.suspects] };
}

/** Why a side has no figures of a cell; `null` where it has. */
function absence(data: CellData | undefined): string | null {
  if (data === undefined) return "not in its plan";
  if (data.series.size > 0) return null;
  return data.reason ?? "no metric was measured";
}

function bothLack(a: string, b: string): string {
  return a === b ? `on both sides: ${b}` : `on the old side: ${a}; on the new one: ${b}`;
}

/** Neither left out of the plan nor excluded on purpose. */
function isAskedFor(data: CellData | undefined): boolean {
  return data !== undefined && data.status !== "excluded";
}

function nothing(): Matched {
  return { candidates: [], broken: [], suspects: [], notCompared: [], warnings: [] };
}
