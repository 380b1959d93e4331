/** What a stored run knows of each configuration's costs. */
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import type { Cell } from "../../plan/cell.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import { cellData } from "../../stats/summaries/cell-data.ts";
import type { MeasuredRun } from "../../stats/summaries/plain-run.ts";
import { type Measured, memoryOf, type SlowdownMetric, slowdownsOf } from "./against-native.ts";
import type { MeasuredCosts } from "./traffic.ts";

/** Starts of a program that does nothing else are taken before those of others. */
const STARTS = "startup";
const S = 1e9;

export type RunCosts = {
  costs: (MeasuredCosts & { config: Configuration })[];
  /** Configurations of which no start was measured, with the reason. */
  left: { configuration: string; reason: string }[];
};

/** @param run without twins and sides: see `plainRun` */
export function measuredCosts(
  { manifest, launches }: MeasuredRun,
  slowdownBy: SlowdownMetric | null,
): RunCosts {
  const byCell = Map.groupBy(launches, ({ cell }) => cell);
  const byConfiguration = Map.groupBy(manifest.cells, ({ config }) => configurationId(config));
  const measured = new Map(
    [...byConfiguration].map(([id, cells]) => [
      id,
      measuredCells(cells, byCell, manifest.metrics, slowdownBy),
    ]),
  );
  const native = measured.get(manifest.baseline) ?? [];
  const found: RunCosts = { costs: [], left: [] };
  for (const [configuration, cells] of measured) {
    const starts = cells.find(({ scenario }) => scenario === STARTS) ?? cells[0];
    if (starts === undefined) {
      const reason = byConfiguration.get(configuration)!.find(({ reason }) => reason !== null)?.reason;
      found.left.push({ configuration, reason: reason ?? "none of its launches succeeded" });
      continue;
    }
    const { config } = byConfiguration.get(configuration)![0]!;
    const alike = likest(config, configuration, byConfiguration, measured);
    found.costs.push({ config, ...costsOf({ configuration, cells, starts, native, alike }, slowdownBy) });
  }
  return found;
}

function measuredCells(
  cells: readonly Cell[],
  byCell: ReadonlyMap<string, LaunchRecord[]>,
  metrics: MeasuredRun["manifest"]["metrics"],
  slowdownBy: SlowdownMetric | null,
): Measured[] {
  // Only one scenario's operations are read, and to search the batches of all the others takes seconds.
  const needed = (cell: Cell) => {
    const all = byCell.get(cell.id) ?? [];
    return cell.scenario === slowdownBy?.scenario ? all : all.map((launch) => ({ ...launch, ops: [] }));
  };
  return cells
    .map((cell) => cellData(cell, needed(cell), metrics[cell.scenario] ?? []))
    .filter(({ status, good }) => status === "measured" && good.length > 0)
    .map(({ cell, good, series }) => ({ scenario: cell.scenario, good, series }));
}

/** @param alike measured cells of the same sandbox with another network or filter, by configuration */
type Sources = {
  configuration: string;
  cells: readonly Measured[];
  starts: Measured;
  native: readonly Measured[];
  alike: [string, Measured[]][];
};

function costsOf(
  { configuration, cells, starts, native, alike }: Sources,
  slowdownBy: SlowdownMetric | null,
): MeasuredCosts {
  const own: [string, readonly Measured[]][] = [[configuration, cells], ...alike];
  const memory = firstOf(own, (measured) => memoryOf(measured, native));
  const slowdowns =
    slowdownBy === null ? null : firstOf(own, (measured) => slowdownsOf(slowdownBy, measured, native));
  const borrowed = (what: string, from: string | undefined) =>
    from === undefined || from === configuration
      ? []
      : [`${what} as of ${from}: measured there, and not here`];
  return {
    configuration,
    startsS: seconds(starts.good, ({ phases }) => phases.readyNs),
    endsS: seconds(starts.good, ({ phases }) =>
      phases.exitNs === null ? null : phases.exitNs + phases.cleanupNs,
    ),
    startCpuS: seconds(starts.good, ({ cpuNs }) => cpuNs),
    ...(memory?.found ?? { overheadBytes: [], programBytes: null }),
    marginalBytes: null,
    slowdowns: slowdowns?.found ?? [1],
    pids: null,
    descriptors: null,
    warnings: [
      ...(starts.scenario === STARTS
        ? []
        : [`starts are those of ${starts.scenario}: ${STARTS} was not measured`]),
      ...borrowed("memory", memory?.from),
      ...borrowed("slowdown", slowdowns?.from),
      ...(memory === null ? ["no memory of it was measured: memory limits nothing here"] : []),
      ...(slowdownBy !== null && slowdowns === null
        ? [
            `${slowdownBy.scenario}/${slowdownBy.metric} was not measured: the service is taken as fast as natively`,
          ]
        : []),
    ],
  };
}

/** The first that has it, with where it is from. */
function firstOf<T>(
  sources: readonly [string, readonly Measured[]][],
  read: (measured: readonly Measured[]) => T | null,
): { from: string; found: T } | null {
  for (const [from, measured] of sources) {
    const found = read(measured);
    if (found !== null) return { from, found };
  }
  return null;
}

/** Network and filter hardly change what memory and computing cost; the sandbox and its platform do. */
function likest(
  config: Configuration,
  id: string,
  all: ReadonlyMap<string, readonly Cell[]>,
  measured: ReadonlyMap<string, Measured[]>,
): [string, Measured[]][] {
  const kind = ({ sandbox, platform, runsc, flags }: Configuration) =>
    [sandbox, platform, runsc, flags].join();
  return [...all]
    .filter(([other, cells]) => other !== id && kind(cells[0]!.config) === kind(config))
    .map(([other]): [string, Measured[]] => [other, measured.get(other)!]);
}

function seconds(launches: readonly LaunchRecord[], read: (launch: LaunchRecord) => number | null): number[] {
  return launches.map(read).flatMap((ns) => (ns === null ? [] : [ns / S]));
}

/** Every time or rate that can stand for a program: `cpu/json`. */
export function slowdownMetrics({ manifest }: MeasuredRun): string[] {
  return Object.entries(manifest.metrics).flatMap(([scenario, metas]) =>
    metas
      .filter(({ unit, group }) => unit !== "bytes" && unit !== "count" && group !== "start-up")
      .map(({ metric }) => `${scenario}/${metric}`),
  );
}
