/** What measured density adds to a plan. */
import type { DensityResult } from "../density/density-result.ts";
import type { HostResources, MeasuredCosts } from "./traffic.ts";

const MIB = 2 ** 20;

/** Counts and memory of its configuration, where that was held; the memory by the upper end of its interval. */
export function withDensity<Costs extends MeasuredCosts>(costs: Costs, density: DensityResult | null): Costs {
  const found = density?.configurations.find(({ configuration }) => configuration === costs.configuration);
  if (density === null || found === undefined) return costs;
  const { pss, threads, descriptors } = found.curve;
  const marginalBytes = pss === null ? null : Math.max(0, pss.slopeHigh - density.request.programMib * MIB);
  return { ...costs, marginalBytes, pids: threads, descriptors };
}

/** The shares of pids and descriptors at which density stops, too. */
export function withRoom(host: HostResources, { room, limits }: DensityResult): HostResources {
  return {
    ...host,
    memoryBytes: Math.min(host.memoryBytes, room.memoryBytes),
    safeShare: limits.memory,
    pids: Math.floor(room.tasks * limits.tasks),
    descriptors: Math.floor(room.descriptors * limits.files),
  };
}
