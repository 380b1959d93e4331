/** How long the rounds take that would turn an unclear verdict into an answer. Pure. */
import type { LaunchPhases } from "../samples/launch-record.ts";
import type { MetricComparison } from "./comparison-types.ts";
import type { Side } from "./side.ts";

/** Mean time of one round of all good cells of a side, ns, without what the harness does between launches. */
function roundNs({ cells }: Side): number {
  return [...cells.values()].reduce((sum, { good }) => {
    if (good.length === 0) return sum;
    const total = good.reduce((all, { phases }) => all + launchNs(phases), 0);
    return sum + total / good.length;
  }, 0);
}

function launchNs({ prepareNs, readyNs, workNs, exitNs, cleanupNs }: LaunchPhases): number {
  return prepareNs + (readyNs ?? 0) + (workNs ?? 0) + (exitNs ?? 0) + cleanupNs;
}

/** @param sides those that get more rounds */
export function withSettlePrice(
  metrics: readonly MetricComparison[],
  sides: readonly Side[],
): MetricComparison[] {
  const perRoundNs = sides.reduce((sum, side) => sum + roundNs(side), 0);
  return metrics.map((metric) => {
    const { roundsToSettle: rounds, b } = metric;
    const more = rounds === null ? null : Math.max(0, rounds - b.launches);
    return { ...metric, settleNs: more === null ? null : more * perRoundNs };
  });
}
