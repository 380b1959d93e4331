import { configurationId } from "../axes/axes.ts";
import type { Configuration } from "../axes/configuration.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { cellData } from "../stats/summaries/cell-data.ts";
import { COMPUTE_OPS, OP_DEMANDS } from "./op-demands.ts";

/** One value a round. */
export type ByRound = ReadonlyMap<number, number>;

/** What a run has measured of one configuration, as far as the model uses it. */
export type ConfigurationObservations = {
  /** `runsc/systrap/net=none/seccomp=none` */
  id: string;
  config: Configuration;
  /** Operations by `scenario::metric`, ns an iteration. */
  ops: Map<string, ByRound>;
  /** Start-up phases and memory, by `scenario::metric`, ns or bytes. */
  host: Map<string, ByRound>;
  /** CPUs kept busy on the host while the scenario `syscalls` ran: CPU time / time of work. */
  busyCpus: ByRound;
  /** CPU time of a whole launch of `startup`, ns. */
  startupCpuNs: ByRound;
};

const HOST_METRICS: readonly (readonly [scenario: string, metric: string])[] = [
  ["startup", "ready"],
  ["startup", "exit"],
  ["startup", "cleanup"],
  ["startup", "total"],
  ["memory", "pss@start"],
  ["memory", "pss@touched"],
];

/**
 * @param launches of the run, in any order; failed cells and twins are left out
 * @returns by configuration id, in the order of the manifest
 */
export function observationsOf(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
): Map<string, ConfigurationObservations> {
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  const found = new Map<string, ConfigurationObservations>();
  for (const cell of manifest.cells) {
    if (cell.twinOf !== undefined || cell.side === "a") continue;
    const data = cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[cell.scenario] ?? []);
    if (data.status !== "measured") continue;
    const id = configurationId(cell.config);
    const known = found.get(id) ?? emptyObservations(id, cell.config);
    found.set(id, known);
    const values = (metric: string) => data.series.get(metric)?.byRound;
    for (const { metric, perSecond } of OP_DEMANDS.filter(({ scenario }) => scenario === cell.scenario)) {
      const byRound = values(metric);
      if (byRound !== undefined) known.ops.set(`${cell.scenario}::${metric}`, asTime(byRound, perSecond));
    }
    for (const { metric } of COMPUTE_OPS.filter(({ scenario }) => scenario === cell.scenario)) {
      const byRound = values(metric);
      if (byRound !== undefined) known.ops.set(`${cell.scenario}::${metric}`, byRound);
    }
    for (const [, metric] of HOST_METRICS.filter(([scenario]) => scenario === cell.scenario)) {
      const byRound = values(metric);
      if (byRound !== undefined) known.host.set(`${cell.scenario}::${metric}`, byRound);
    }
    if (cell.scenario === "syscalls") known.busyCpus = cpuOf(data.good, ({ workNs }) => workNs);
    if (cell.scenario === "startup") known.startupCpuNs = cpuOf(data.good, () => 1);
  }
  return found;
}

function emptyObservations(id: string, config: Configuration): ConfigurationObservations {
  return { id, config, ops: new Map(), host: new Map(), busyCpus: new Map(), startupCpuNs: new Map() };
}

/** ns an iteration of a rate of which an iteration moves `perSecond` units. */
function asTime(byRound: ByRound, perSecond: number | null): ByRound {
  if (perSecond === null) return byRound;
  return new Map(
    [...byRound].flatMap(([round, value]) => (value > 0 ? [[round, (perSecond / value) * 1e9]] : [])),
  );
}

function cpuOf(
  launches: readonly LaunchRecord[],
  per: (phases: LaunchRecord["phases"]) => number | null,
): ByRound {
  return new Map(
    launches.flatMap(({ round, cpuNs, phases }) => {
      const divisor = per(phases);
      return cpuNs === null || divisor === null || divisor <= 0 ? [] : [[round, cpuNs / divisor]];
    }),
  );
}
