import { configurationId } from "../axes/axes.ts";
import { cellId } from "../plan/cell.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { median } from "../stats/distributions/quantile.ts";
import { hodgesLehmann } from "../stats/estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../stats/estimates/log-ratio-pairs.ts";
import { type CellData, cellData } from "../stats/summaries/cell-data.ts";
import type { MeasuredProgram, MeasuredTime } from "./calibrate.ts";
import { demandOf } from "./program-demand.ts";

/** The metric of the scenario `program`: fork and exec to the end of the command, ns. */
const RUN_METRIC = "run";

/**
 * Programs of a run that were profiled, with their measured slowdown in each configuration, paired by round.
 *
 * @param profiles by the scenario's name in cell ids
 */
export function measuredPrograms(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
  profiles: ReadonlyMap<string, ProgramProfile>,
): MeasuredProgram[] {
  const byCell = Map.groupBy(launches, (launch) => launch.cell);
  return [...profiles].flatMap(([program, profile]): MeasuredProgram[] => {
    const own = manifest.cells
      .filter((cell) => cell.scenario === program && cell.twinOf === undefined && cell.side !== "a")
      .map((cell) => cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[program] ?? []));
    const native = runsOf(own.find(({ cell }) => cell.id === `${manifest.baseline}::${program}`));
    if (native === null) return [];
    const cells = new Map(
      own.flatMap((data): [string, MeasuredTime][] => {
        const configuration = configurationId(data.cell.config);
        const runs = data.cell.id === cellId(data.cell.config, program) ? runsOf(data) : null;
        const time = runs === null || configuration === manifest.baseline ? null : timeOf(runs, native);
        return time === null ? [] : [[configuration, time]];
      }),
    );
    return [{ program, demand: demandOf(profile), cells }];
  });
}

function runsOf(data: CellData | undefined): ReadonlyMap<number, number> | null {
  return data?.series.get(RUN_METRIC)?.byRound ?? null;
}

function timeOf(runs: ReadonlyMap<number, number>, native: ReadonlyMap<number, number>): MeasuredTime | null {
  const effect = hodgesLehmann(logRatioPairs(runs, native, "lower").logRatios);
  if (effect === null) return null;
  return {
    nativeNs: median([...native.values()]),
    ns: median([...runs.values()]),
    slowdown: Math.exp(effect.estimate),
    low: effect.low === null ? null : Math.exp(effect.low),
    high: effect.high === null ? null : Math.exp(effect.high),
  };
}
