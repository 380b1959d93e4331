/** What the baseline says about the host between two runs: native has nothing that could have got worse. Pure. */

import { isBaseline } from "../axes/sandbox.ts";
import { hodgesLehmannShift } from "../stats/estimates/hodges-lehmann-shift.ts";
import { logCosts } from "../stats/estimates/log-ratio-pairs.ts";
import type { Candidate } from "./match-cells.ts";

/** Drift of a metric under native between two runs, by `scenario::metric`. */
export type HostDrift = ReadonlyMap<string, { ratio: number; share: number }>;

/** Beyond doubt, since there are many metrics to look at. */
const CONFIDENCE = 0.99;

/**
 * Native cells as a control: two runs with the same fingerprint can only differ there because the host does (other
 * guests, memory layout, time of day). Where native changed, an equal change of another cell says nothing.
 *
 * @returns metrics that changed under native at 99 %, with the outer end of that interval as a share
 */
export function hostDrift(candidates: readonly Candidate[], sandboxOf: (cell: string) => string): HostDrift {
  const drift = new Map<string, { ratio: number; share: number }>();
  for (const { cell, scenario, a, b, offset } of candidates) {
    // Without a ratio of the metric itself there is no share to raise the limits of others by.
    if (!isBaseline({ sandbox: sandboxOf(cell) }) || offset > 0) continue;
    const shift = hodgesLehmannShift(logCosts(a), logCosts(b), CONFIDENCE);
    if (shift === null || shift.low === null || shift.high === null) continue;
    if (shift.low <= 0 && shift.high >= 0) continue;
    const share = Math.expm1(Math.max(Math.abs(shift.low), Math.abs(shift.high)));
    drift.set(`${scenario}::${a.meta.metric}`, { ratio: Math.exp(shift.estimate), share });
  }
  return drift;
}
