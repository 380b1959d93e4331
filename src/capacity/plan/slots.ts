/** How many sandboxes fit on a host at once, by each resource, physically and as declared to an orchestrator. */
import { quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import type { HostResources, MeasuredCosts, Traffic } from "./traffic.ts";

/** `slots` is `null` where what one takes, or what there is, is not known. */
type Limit = { resource: string; slots: number | null; unknown: string | null };

export type Slots = {
  /** All limits, tightest first. */
  limits: Limit[];
  /** The tightest. */
  slots: number;
  binding: string;
};

/** Memory requests follow the 95th percentile: half of all sandboxes need more than the median. */
const REQUESTED = 0.95;
const MIB = 2 ** 20;

/** Memory above the program, rounded up to MiB: `overhead.podFixed.memory`. `null` where it was not measured. */
export function podFixedBytes({ overheadBytes }: Pick<MeasuredCosts, "overheadBytes">): number | null {
  if (overheadBytes.length === 0) return null;
  return Math.max(0, Math.ceil(quantile(sorted(overheadBytes), REQUESTED) / MIB)) * MIB;
}

/** Memory of the program itself, bytes; `null` where it is neither given nor measured. */
export function programBytes(
  costs: Pick<MeasuredCosts, "programBytes">,
  traffic: Pick<Traffic, "programBytes">,
) {
  return traffic.programBytes ?? costs.programBytes;
}

/** @param cpus mean number of CPUs that one sandbox keeps busy */
export function physicalSlots(
  host: HostResources,
  costs: MeasuredCosts,
  traffic: Traffic,
  cpus: number,
): Slots {
  const fixed = podFixedBytes(costs);
  const own = programBytes(costs, traffic);
  const above = costs.marginalBytes ?? fixed;
  const one = above === null || own === null ? null : above + own;
  return tightest([
    { resource: "CPU", slots: cpuSlots(host, cpus), unknown: null },
    limit("memory", host.memoryBytes * host.safeShare, one, "no memory of it was measured"),
    limit("pids", host.pids, costs.pids, "its processes and threads were not counted"),
    limit("descriptors", host.descriptors, costs.descriptors, "its descriptors were not counted"),
  ]);
}

/**
 * CPU is shared in time and not in pieces: two sandboxes of 1.02 CPUs run on two cores, 2 % slower each (`crowding`). So the
 * nearest whole number, and one at least.
 */
function cpuSlots({ cores }: HostResources, cpus: number): number {
  return Math.max(1, Math.round(cores / cpus));
}

/** By how much longer everything takes with so many at once, where they ask for more than all cores; 1 = not at all. */
export function crowding({ cores }: HostResources, slots: number, cpus: number): number {
  return Math.max(1, (slots * cpus) / cores);
}

/** As an orchestrator counts: requests against what it may give away, and pods a node. */
export function declaredSlots(host: HostResources, requestBytes: number | null, requestCpus: number): Slots {
  return tightest([
    limit("CPU requests", host.cores, Math.ceil(requestCpus * 1000) / 1000, "not known"),
    limit("memory requests", host.memoryBytes * host.safeShare, requestBytes, "no memory of it was measured"),
    limit("pods a node", host.podsPerNode, 1, "not known"),
  ]);
}

function limit(resource: string, there: number | null, one: number | null, unknown: string): Limit {
  if (one === null) return { resource, slots: null, unknown };
  if (there === null) return { resource, slots: null, unknown: "the host's limit is not known" };
  return { resource, slots: Math.floor(there / one + 1e-9), unknown: null };
}

function tightest(limits: Limit[]): Slots {
  const ordered = limits.toSorted((a, b) => (a.slots ?? Infinity) - (b.slots ?? Infinity));
  return { limits: ordered, slots: ordered[0]!.slots ?? 0, binding: ordered[0]!.resource };
}
