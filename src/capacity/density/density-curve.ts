/** What one more sandbox takes, and where the host ends. Pure. */
import { median } from "../../stats/distributions/quantile.ts";
import { type TheilSen, theilSen } from "../../stats/estimates/theil-sen.ts";
import type { DensityStep } from "./density-types.ts";

export type DensityCurve = {
  /** Bytes for one more sandbox; `null` below three levels. */
  pss: TheilSen | null;
  memAvailable: TheilSen | null;
  /** PSS and page tables of all as a share of the fall of MemAvailable at the highest level; 1 = nothing is missing. */
  explained: number | null;
  /** Of RSS, what equal sandboxes share with each other, at the highest level; 0..1 */
  shared: number | null;
  /** PSS of one, by role, at the highest level, bytes. */
  byRole: Record<string, number>;
  /** For one sandbox, the largest median over levels. */
  threads: number | null;
  descriptors: number | null;
  /** CPUs that one keeps busy, by Theil and Sen over the levels. */
  busyCpus: TheilSen | null;
  /** The first level that did not converge, and why; `null`: all did. */
  cliff: { n: number; reason: string } | null;
};

export function densityCurve(steps: readonly DensityStep[]): DensityCurve {
  const good = steps.filter(({ converged, footprint }) => converged && footprint !== null);
  const most = Math.max(0, ...good.map(({ n }) => n));
  const highest = good.filter(({ n }) => n === most);
  const line = (read: (step: DensityStep) => number | null) =>
    theilSen(
      good.flatMap((step) => {
        const y = read(step);
        return y === null ? [] : [{ x: step.n, y }];
      }),
    );
  const atMost = (read: (step: DensityStep) => number) =>
    highest.length === 0 ? null : median(highest.map(read));
  const each = (read: (step: DensityStep) => number) =>
    good.length === 0 ? null : Math.max(...good.map((step) => read(step) / step.n));
  const failed = steps.filter(({ converged }) => !converged).toSorted((a, b) => a.n - b.n)[0];
  return {
    pss: line(({ footprint }) => footprint!.pssBytes + footprint!.pageTableBytes),
    memAvailable: line(({ memAvailableDropBytes }) => memAvailableDropBytes),
    explained: atMost(
      ({ footprint, memAvailableDropBytes: drop }) =>
        (footprint!.pssBytes + footprint!.pageTableBytes) / Math.max(1, drop ?? 1),
    ),
    shared: atMost(({ footprint }) => 1 - footprint!.pssBytes / Math.max(1, footprint!.rssBytes)),
    byRole: rolesOf(highest),
    threads: each(({ footprint }) => footprint!.threads),
    descriptors: each(({ footprint }) => footprint!.descriptors),
    busyCpus: line(({ busyCpus }) => busyCpus),
    cliff: failed === undefined ? null : { n: failed.n, reason: failed.reason ?? "it did not converge" },
  };
}

function rolesOf(steps: readonly DensityStep[]): Record<string, number> {
  const roles = new Set(steps.flatMap(({ footprint }) => Object.keys(footprint!.pssByRole)));
  return Object.fromEntries(
    [...roles].map((role) => [
      role,
      median(steps.map(({ n, footprint }) => (footprint!.pssByRole[role] ?? 0) / n)),
    ]),
  );
}

/** Memory of `n` by the line through the measured levels, bytes, with the slope's interval; `null` without a line. */
export function predictedBytes(
  line: TheilSen | null,
  n: number,
): { value: number; low: number; high: number } | null {
  if (line === null) return null;
  const { intercept, slope, slopeLow, slopeHigh } = line;
  return { value: intercept + slope * n, low: intercept + slopeLow * n, high: intercept + slopeHigh * n };
}
