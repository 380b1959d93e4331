/** What one would do without a model: the yardsticks of the validation. */
import { median } from "../stats/distributions/quantile.ts";
import type { MeasuredProgram } from "./calibrate.ts";
import type { ConfigurationModel } from "./cost-model.ts";
import type { ProgramDemand } from "./program-demand.ts";

/** Predicted slowdowns; `null` where there is nothing to predict from. */
export type NaivePredictions = {
  /** Every call costs what getpid costs more. */
  getpid: number | null;
  /** The median slowdown of the other programs in this configuration. */
  average: number | null;
  /** Extra time in proportion to the number of calls, the factor fitted on the other programs. */
  callCount: number | null;
};

export function naivePredictions(
  program: MeasuredProgram,
  others: readonly MeasuredProgram[],
  model: ConfigurationModel,
): NaivePredictions {
  const id = model.configuration;
  const own = program.cells.get(id);
  const getpid = model.ops.find(({ scenario, metric }) => scenario === "syscalls" && metric === "getpid-raw");
  const seen = others.flatMap(({ demand, cells }) => {
    const time = cells.get(id);
    return time === undefined ? [] : [{ time, calls: callsOf(demand) }];
  });
  if (own === undefined || seen.length === 0) return { getpid: null, average: null, callCount: null };
  const calls = callsOf(program.demand);
  const extras = seen.map(({ time, calls: count }) => ({
    extra: time.nativeNs * (time.slowdown - 1),
    count,
  }));
  const factor =
    extras.reduce((sum, { extra, count }) => sum + extra * count, 0) /
    extras.reduce((sum, { count }) => sum + count * count, 0);
  return {
    getpid: getpid === undefined ? null : 1 + (calls * getpid.measuredNs) / own.nativeNs,
    average: median(seen.map(({ time }) => time.slowdown)),
    callCount: 1 + (factor * calls) / own.nativeNs,
  };
}

function callsOf({ demand }: ProgramDemand): number {
  return (demand.trap ?? 0) + (demand["patched-trap"] ?? 0);
}
