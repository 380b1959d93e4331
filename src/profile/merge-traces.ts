/** Several traced runs of one program into one: medians, and what would not hold still. */
import { median } from "../stats/distributions/quantile.ts";
import type { CallTotals, TraceTotals } from "./trace-totals.ts";

export type MergedTrace = Omit<TraceTotals, "askedForTerminal" | "isWhole" | "end"> & {
  /** Calls whose number differs from run to run, the most frequent first. */
  unsteady: UnsteadyCall[];
};

export type UnsteadyCall = { name: string; least: number; most: number };

/** Below either, a difference is of no consequence for a prediction. */
const UNSTEADY_SHARE = 0.1;
const UNSTEADY_CALLS = 20;

/** @param traces at least one */
export function mergeTraces(traces: readonly TraceTotals[]): MergedTrace {
  const middle = (of: (trace: TraceTotals) => number) => median(traces.map(of));
  return {
    calls: mergeCalls(traces),
    gaps: meanGaps(traces),
    processes: Math.round(middle((trace) => trace.processes)),
    execs: Math.round(middle((trace) => trace.execs)),
    threads: Math.round(middle((trace) => trace.threads)),
    mappedBytes: middle((trace) => trace.mappedBytes),
    files: {
      read: new Set(traces.flatMap(({ files }) => [...files.read])),
      written: new Set(traces.flatMap(({ files }) => [...files.written])),
    },
    wallNs: middle((trace) => trace.wallNs),
    unsteady: unsteadyCalls(traces),
  };
}

function mergeCalls(traces: readonly TraceTotals[]): CallTotals[] {
  const byKey = new Map<string, (CallTotals | null)[]>();
  traces.forEach((trace, run) => {
    for (const call of trace.calls) {
      const key = `${call.name} ${call.target}`;
      const runs = byKey.get(key) ?? traces.map(() => null);
      runs[run] = call;
      byKey.set(key, runs);
    }
  });
  return [...byKey.values()].map(mergeCall).filter((call) => call.count > 0);
}

function mergeCall(runs: readonly (CallTotals | null)[]): CallTotals {
  const { name, target } = runs.find((call) => call !== null)!;
  const middle = (of: (call: CallTotals) => number) =>
    median(runs.map((call) => (call === null ? 0 : of(call))));
  const count = Math.round(middle((call) => call.count));
  const timeNs = middle((call) => call.timeNs);
  return {
    name,
    target,
    count,
    errors: Math.min(count, Math.round(middle((call) => call.errors))),
    bytes: middle((call) => call.bytes),
    blocked: Math.min(count, Math.round(middle((call) => call.blocked))),
    timeNs,
    waitNs: Math.min(
      timeNs,
      middle((call) => call.waitNs),
    ),
  };
}

/** Medians of single buckets would lose the gaps that fall to either side of a bound. */
function meanGaps(traces: readonly TraceTotals[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { gaps } of traces) {
    for (const [bound, count] of gaps) sums.set(bound, (sums.get(bound) ?? 0) + count);
  }
  return new Map(
    [...sums]
      .map(([bound, sum]): [number, number] => [bound, Math.round(sum / traces.length)])
      .filter(([, count]) => count > 0),
  );
}

function unsteadyCalls(traces: readonly TraceTotals[]): UnsteadyCall[] {
  const counts = traces.map((trace) => countsByName(trace.calls));
  return [...new Set(counts.flatMap((one) => [...one.keys()]))]
    .map((name) => {
      const each = counts.map((one) => one.get(name) ?? 0);
      return { name, least: Math.min(...each), most: Math.max(...each), middle: median(each) };
    })
    .filter(({ least, most, middle }) => most - least > Math.max(UNSTEADY_CALLS, UNSTEADY_SHARE * middle))
    .sort((a, b) => b.middle - a.middle)
    .map(({ name, least, most }) => ({ name, least, most }));
}

/** Calls of each name, over all targets. */
export function countsByName(calls: readonly CallTotals[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name, count } of calls) counts.set(name, (counts.get(name) ?? 0) + count);
  return counts;
}
