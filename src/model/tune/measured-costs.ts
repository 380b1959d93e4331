/** What a run has measured, as costs that can be held against each other round by round. */
import { configurationId } from "../../axes/axes.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { MetricMeta } from "../../samples/metric-meta.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { hodgesLehmann } from "../../stats/estimates/hodges-lehmann.ts";
import { cellData } from "../../stats/summaries/cell-data.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import { signedRankTest } from "../../stats/tests/signed-rank.ts";
import type { Contrast, CostSurface, Estimate } from "./cost-surface.ts";
import type { OpWeights, WorkOp } from "./op-weights.ts";

/** ln(cost) by round. */
type LogCosts = ReadonlyMap<number, number>;
/** By configuration, then by operation. */
export type MeasuredCosts = ReadonlyMap<string, ReadonlyMap<string, LogCosts>>;

/** An operation that a configuration did in fewer of its rounds than this is left out: it would cost all others their rounds. */
const ROUNDS_KEPT = 0.8;

/**
 * Every metric of every measured cell; an operation with a value of zero or less has no logarithm and is left out.
 * Of an interleaved run side b counts.
 */
export function measuredCosts(manifest: RunManifest, launches: readonly LaunchRecord[]): MeasuredCosts {
  const plain = plainRun({ manifest, launches });
  const byCell = Map.groupBy(plain.launches, (launch) => launch.cell);
  const costs = new Map<string, Map<string, LogCosts>>();
  for (const cell of plain.manifest.cells) {
    const data = cellData(cell, byCell.get(cell.id) ?? [], plain.manifest.metrics[cell.scenario] ?? []);
    if (data.status !== "measured") continue;
    const id = configurationId(cell.config);
    const own = costs.get(id) ?? new Map<string, LogCosts>();
    costs.set(id, own);
    for (const [metric, { byRound, meta }] of data.series) {
      const logs = logCosts(byRound, meta.better);
      if (logs !== null) own.set(`${cell.scenario}::${metric}`, logs);
    }
  }
  return costs;
}

function logCosts(byRound: ReadonlyMap<number, number>, better: MetricMeta["better"]): LogCosts | null {
  if (byRound.size === 0 || [...byRound.values()].some((value) => !(value > 0))) return null;
  const sign = better === "lower" ? 1 : -1;
  return new Map([...byRound].map(([round, value]) => [round, sign * Math.log(value)]));
}

/**
 * A workload's cost is the weighted geometric mean of its operations' costs. A contrast is taken over the
 * operations that all its configurations have, weights scaled up; per round, so that what disturbed a round
 * cancels; then Hodges and Lehmann's estimate with its exact 95 % interval.
 */
export function measuredSurface(
  costs: MeasuredCosts,
  weights: OpWeights,
  ops: readonly Pick<WorkOp, "key" | "group">[],
): CostSurface {
  const weighed = ops.filter(({ key }) => (weights.get(key) ?? 0) > 0);
  const configurations = [...costs].flatMap(([id, own]) =>
    weighed.some(({ key }) => own.has(key)) ? [id] : [],
  );
  return { configurations, estimate: (contrasts) => estimateOf(contrasts, costs, weights, weighed) };
}

/** An operation with the contexts in which all configurations have it. */
type Usable = { weight: number; contexts: Contrast[] };

function estimateOf(
  contrasts: readonly Contrast[],
  costs: MeasuredCosts,
  weights: OpWeights,
  ops: readonly Pick<WorkOp, "key" | "group">[],
): Estimate | null {
  const involved = [...new Set(contrasts.flat().map(({ configuration }) => configuration))];
  const cost = (configuration: string, key: string) => seen(costs.get(configuration), key);
  const shared = new Map<string, Usable>();
  const lacks = new Set<string>();
  for (const { key, group } of ops) {
    const contexts = contrasts.filter((contrast) =>
      contrast.every(({ configuration }) => cost(configuration, key) !== null),
    );
    if (contexts.length > 0) shared.set(key, { weight: weights.get(key)!, contexts });
    else if (involved.some((configuration) => cost(configuration, key) !== null)) lacks.add(group);
  }
  if (shared.size === 0) return null;
  const differences = perRound(shared, (configuration, key) => cost(configuration, key)!);
  const effect = hodgesLehmann(differences);
  if (effect === null) return null;
  return {
    ratio: Math.exp(effect.estimate),
    low: effect.low === null ? null : Math.exp(effect.low),
    high: effect.high === null ? null : Math.exp(effect.high),
    n: effect.n,
    basis: "measured",
    gainP: signedRankTest(differences, "less").p,
    covers: shared.size,
    lacks: [...lacks],
  };
}

function seen(own: ReadonlyMap<string, LogCosts> | undefined, key: string): LogCosts | null {
  const logs = own?.get(key);
  if (own === undefined || logs === undefined) return null;
  const most = Math.max(...[...own.values()].map(({ size }) => size));
  return logs.size >= ROUNDS_KEPT * most ? logs : null;
}

/** One value a round in which every operation of every context was measured. */
function perRound(
  shared: ReadonlyMap<string, Usable>,
  cost: (configuration: string, key: string) => LogCosts,
): number[] {
  const total = [...shared.values()].reduce((sum, { weight }) => sum + weight, 0);
  const parts = [...shared].flatMap(([key, { weight, contexts }]) =>
    contexts.flatMap((contrast) =>
      contrast.map((corner) => ({
        logs: cost(corner.configuration, key),
        factor: (corner.weight * weight) / total / contexts.length,
      })),
    ),
  );
  const rounds = [...parts[0]!.logs.keys()].filter((round) => parts.every(({ logs }) => logs.has(round)));
  return rounds
    .sort((a, b) => a - b)
    .map((round) => parts.reduce((sum, { logs, factor }) => sum + factor * logs.get(round)!, 0));
}
