/** The three ways to compare; each gives the same structure. Pure. */
import { isBaseline } from "../axes/sandbox.ts";
import type { GateRules } from "../config/resolved-config.ts";
import type { CellData } from "../stats/summaries/cell-data.ts";
import { betweenRuns, disturbedShares } from "./between-runs.ts";
import { brokenOrChance } from "./broken-or-chance.ts";
import {
  COMPARISON_SCHEMA,
  type Comparison,
  type ComparisonKind,
  type MetricComparison,
  type NotCompared,
  type UnlikeField,
  type VerdictName,
} from "./comparison-types.ts";
import { comparisonWarnings } from "./comparison-warnings.ts";
import { gateRules } from "./gate-rule.ts";
import { hostDrift } from "./host-drift.ts";
import { judgeMetrics } from "./judge-metrics.ts";
import { type Candidate, matchCells } from "./match-cells.ts";
import type { NoiseFloors } from "./noise-floor.ts";
import { withFilterNamesOf } from "./same-filters.ts";
import { withSettlePrice } from "./settle-price.ts";
import { type Side, type StoredSide, sideOf } from "./side.ts";

export type CompareOptions = {
  rules: GateRules;
  /** What is known of the host that side b was measured on. */
  floors: NoiseFloors;
};

/**
 * Two stored runs, or a run against a baseline: unpaired. Whether the hosts are alike is the caller's to decide.
 *
 * @param unlike fields in which they differ; they stay on the result
 */
export function compareRuns(
  a: StoredSide,
  b: StoredSide,
  options: CompareOptions & { unlike: readonly UnlikeField[] },
): Comparison {
  const [old, fresh] = [sideOf(withFilterNamesOf(a, b)), sideOf(withFilterNamesOf(b, a))];
  const ids = [...new Set([...fresh.cells.keys(), ...old.cells.keys()])];
  const pairs = ids.map((id) => [old.cells.get(id), fresh.cells.get(id)] as const);
  return compared("runs", old, fresh, pairs, options, options.unlike);
}

/** Both sides of an interleaved run (`run --ab`): paired by round, the strongest form. */
export function compareInterleaved(run: StoredSide, options: CompareOptions): Comparison {
  const [old, fresh] = (["a", "b"] as const).map((side) =>
    sideOf({ ...run, label: run.manifest.sides?.[side].label ?? side }, side),
  ) as [Side, Side];
  const ids = [...new Set([...fresh.cells.keys(), ...old.cells.keys()])];
  const pairs = ids.map((id) => [old.cells.get(id), fresh.cells.get(id)] as const);
  return compared("interleaved", old, fresh, pairs, options, []);
}

/**
 * Two configurations inside one run, scenario by scenario: paired by round.
 *
 * @param a,b configuration ids, as in `runsc/systrap/net=none/seccomp=none`
 */
export function compareConfigurations(
  run: StoredSide,
  a: string,
  b: string,
  options: CompareOptions,
): Comparison {
  const [old, fresh] = [sideOf({ ...run, label: a }), sideOf({ ...run, label: b })];
  const pairs = [...fresh.cells.values()]
    .map(({ cell }) => cell.scenario)
    .filter((scenario, index, all) => all.indexOf(scenario) === index)
    .map((scenario) => [old.cells.get(`${a}::${scenario}`), fresh.cells.get(`${b}::${scenario}`)] as const)
    .filter(([one, other]) => one !== undefined || other !== undefined);
  return compared("configurations", old, fresh, pairs, options, []);
}

/** Cells of one run, pair by pair: paired by round. @param sides the run, under the names of the two sides */
export function comparePairs(
  sides: readonly [StoredSide, StoredSide],
  pairs: readonly (readonly [CellData | undefined, CellData | undefined])[],
  options: CompareOptions,
): Comparison {
  return compared("configurations", sideOf(sides[0]), sideOf(sides[1]), pairs, options, []);
}

function compared(
  kind: ComparisonKind,
  a: Side,
  b: Side,
  pairs: readonly (readonly [CellData | undefined, CellData | undefined])[],
  { rules, floors }: CompareOptions,
  unlike: readonly UnlikeField[],
): Comparison {
  const emulated = a.manifest.emulated || b.manifest.emulated;
  const { ruleOf, isGated, unmatched } = gateRules(rules);
  const paired = kind !== "runs";
  const matched = pairs.map(([old, fresh]) => matchCells(old, fresh, { ruleOf, isGated, paired }));
  const found = matched.flatMap(({ candidates }) => candidates);
  const lacking = brokenOrChance(
    matched.flatMap(({ suspects }) => suspects),
    rules.alpha,
  );
  const broken = [...matched.flatMap((one) => one.broken), ...lacking.broken];
  const notCompared = [...matched.flatMap((one) => one.notCompared), ...lacking.notCompared].map(
    // Two configurations are not an old and a new one: what one of them lacks has not been lost.
    ({ unseen, ...one }): NotCompared => (unseen && kind !== "configurations" ? { ...one, unseen } : one),
  );
  const isUnseen = !emulated && notCompared.some(({ unseen }) => unseen);
  const sandboxOf = (cell: string) => b.cells.get(cell)?.cell.config.sandbox ?? "";
  const isControl = ({ cell }: Candidate) =>
    !paired && unlike.length === 0 && isBaseline({ sandbox: sandboxOf(cell) });
  // Native alone is no control but what was asked for.
  const controls = found.every(isControl) ? [] : found.filter(isControl);
  const drift = hostDrift(controls, sandboxOf);
  const candidates = found.map((candidate) =>
    emulated || controls.includes(candidate)
      ? { ...candidate, rule: { ...candidate.rule, gated: false } }
      : candidate,
  );
  const between = paired ? null : betweenRuns(found, controls);
  const judged = judgeMetrics(candidates, { floors, drift, between, alpha: rules.alpha });
  // Of two stored runs only the new one can have more rounds; two configurations of one run share theirs.
  const metrics = withSettlePrice(judged, kind === "interleaved" ? [a, b] : [b]);
  const counts = countVerdicts(metrics.filter(({ gated }) => gated));
  const unmatchedGlobs = unmatched();
  // One that takes metrics out of the gate does no harm where there are none.
  const idleRules = rules.metrics
    .filter(({ match, gate }) => gate !== false && unmatchedGlobs.includes(match))
    .map(({ match }) => match);
  return {
    schema: COMPARISON_SCHEMA,
    kind,
    a: a.described,
    b: b.described,
    unlike: [...unlike],
    broken,
    metrics,
    notCompared,
    warnings: [
      ...comparisonWarnings({
        kind,
        a,
        b,
        metrics,
        drift,
        between,
        unmatched: unmatchedGlobs,
        rules,
        emulated,
      }),
      ...matched.flatMap(({ warnings }) => warnings),
      ...lacking.warnings,
    ],
    counts,
    alpha: rules.alpha,
    disturbed: disturbedShares(found),
    betweenRuns: between,
    idleRules,
    outcome:
      broken.length > 0 || counts.worse > 0
        ? "worse"
        : counts.unclear > 0 || isUnseen || idleRules.length > 0
          ? "unclear"
          : "ok",
    emulated,
  };
}

function countVerdicts(metrics: readonly MetricComparison[]): Record<VerdictName, number> {
  const counts = { worse: 0, unclear: 0, better: 0, same: 0 };
  for (const { verdict } of metrics) counts[verdict]++;
  return counts;
}
