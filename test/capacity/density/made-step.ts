import type { DensityStep } from "../../../src/capacity/density/density-types.ts";
import { MIB } from "../plan/made-costs.ts";

/** 20 MiB for all and 30 MiB each, a little more with each repeat. */
export function madeStep(n: number, repeat: number): DensityStep {
  const pssBytes = (20 + 30 * n + (repeat - 2) / 100) * MIB;
  return {
    n,
    repeat,
    converged: true,
    reason: null,
    startsS: new Array(n).fill(0.3),
    footprint: {
      processes: 8 * n,
      threads: 30 * n,
      descriptors: 200 * n,
      pssBytes,
      rssBytes: 2 * pssBytes,
      pageTableBytes: 0,
      cpuS: 1,
      pssByRole: { sentry: pssBytes },
    },
    memAvailableDropBytes: pssBytes,
    busyCpus: 0.001 * n,
    endS: 0.1,
    leftovers: 0,
  };
}
