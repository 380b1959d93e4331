import scenario from "../../../scenarios/server/scenario.ts";
import type { PhaseResult } from "../../../src/run/load/events.ts";
import { type Load, loadOf } from "../../../src/workload/load/parameters.ts";

export function aLoad(more = {}): Load {
  return loadOf("api", { ...scenario.params, ...more });
}

/** A phase in which everything went well, unless it is told otherwise. */
export function aPhase(more: Partial<PhaseResult> = {}): PhaseResult {
  const spread = { count: 1000, p10: 80, p50: 100, p90: 200, p99: 300, p999: 400, max: 500 };
  return {
    rate: 500,
    intended: 1000,
    answered: 1000,
    errors: {},
    timeouts: 0,
    dropped: 0,
    throughput: 499,
    sinceStart: 1000,
    latency: spread,
    lag: spread,
    histogram: [[128, 1000]],
    holds: true,
    ...more,
  };
}
