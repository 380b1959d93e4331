import type { LaunchPhases, LaunchRecord, MemorySample } from "../../samples/launch-record.ts";

const MEMORY_FIELDS: Record<string, (sample: MemorySample) => number | null> = {
  pss: (sample) => sample.pssBytes,
  cgroup: (sample) => sample.cgroupBytes,
  "cgroup-shmem": (sample) => sample.cgroupShmemBytes,
};

const TIMES: Record<string, (launch: LaunchRecord) => number | null> = {
  ready: ({ phases }) => phases.readyNs,
  exit: ({ phases }) => phases.exitNs,
  cleanup: ({ phases }) => phases.cleanupNs,
  total: ({ phases }) => totalNs(phases),
  "launch-cpu": ({ cpuNs }) => cpuNs,
};

/**
 * A figure that the host took of a launch: a phase in ns (`ready`, `exit`, `cleanup`, `total`), CPU time of all its
 * processes in ns (`launch-cpu`), or memory at a mark in bytes (`pss@MARK`, `cgroup@MARK`, `cgroup-shmem@MARK`; the last sample of a mark counts).
 *
 * @returns `null` where the host does not say, the phase was not reached, or the name is no host metric
 */
export function hostValue(launch: LaunchRecord, metric: string): number | null {
  const at = metric.indexOf("@");
  if (at < 0) return Object.hasOwn(TIMES, metric) ? TIMES[metric]!(launch) : null;
  const field = metric.slice(0, at);
  const sample = launch.memory.findLast(({ mark }) => mark === metric.slice(at + 1));
  if (sample === undefined || !Object.hasOwn(MEMORY_FIELDS, field)) return null;
  return MEMORY_FIELDS[field]!(sample);
}

/** Spawn -> nothing of the launch left. What the harness prepares before the spawn is not in it. */
function totalNs({ readyNs, workNs, exitNs, cleanupNs }: LaunchPhases): number | null {
  if (readyNs === null || workNs === null || exitNs === null) return null;
  return readyNs + workNs + exitNs + cleanupNs;
}
