import type { BareRuns } from "../samples/program-profile.ts";
import type { Tracers } from "./choose-tracers.ts";
import { countsByName, type MergedTrace, type UnsteadyCall } from "./merge-traces.ts";
import type { TraceTotals } from "./trace-totals.ts";

const SHOWN_CALLS = 5;
/** strace's run may differ by this much from perf's before its proportions are doubted. */
const ALIKE_SHARE = 0.25;
const ALIKE_CALLS = 50;

/** What a reader has to know before trusting the figures. */
export function profileWarnings(
  bare: BareRuns,
  { counter, withoutPerf }: Tracers,
  traced: MergedTrace & { seen: TraceTotals | null },
): string[] {
  const warnings: string[] = [];
  if (withoutPerf !== null) {
    const { insideNs, betweenNs } = counter.cost;
    warnings.push(
      `Counted and timed by strace, as ${withoutPerf}. It adds ${micro(insideNs)} inside and ${micro(betweenNs)} between calls: shorter times and gaps are uncertain, and waits are estimated.`,
    );
    if (traced.threads > 1) {
      warnings.push(
        `strace stops one thread at a time, and this program has up to ${traced.threads}: their calls wait for each other in the trace.`,
      );
    }
  }
  if (traced.unsteady.length > 0) {
    warnings.push(`Calls whose number differs from run to run: ${named(traced.unsteady)}.`);
  }
  const apart = traced.seen === null ? [] : differing(traced, traced.seen);
  if (apart.length > 0) {
    warnings.push(
      `Calls whose number changes with the program's speed, as seen under perf and strace: ${named(apart)}.`,
    );
  }
  if (bare.wallLowNs === null) {
    warnings.push(`The wall time has no interval: ${bare.runs} runs are too few (6 are needed for 95 %).`);
  }
  return warnings;
}

function differing(traced: MergedTrace, seen: TraceTotals): UnsteadyCall[] {
  const slow = countsByName(seen.calls);
  const fast = countsByName(traced.calls);
  return [...new Set([...fast.keys(), ...slow.keys()])]
    .map((name) => {
      const both = [fast.get(name) ?? 0, slow.get(name) ?? 0];
      return { name, least: Math.min(...both), most: Math.max(...both) };
    })
    .filter(({ least, most }) => most - least > Math.max(ALIKE_CALLS, ALIKE_SHARE * most))
    .sort((a, b) => b.most - a.most);
}

function named(calls: readonly UnsteadyCall[]): string {
  const shown = calls.slice(0, SHOWN_CALLS).map(({ name, least, most }) => `${name} ${least}–${most}`);
  return [...shown, ...(calls.length > SHOWN_CALLS ? [`${calls.length - SHOWN_CALLS} more`] : [])].join(", ");
}

function micro(ns: number): string {
  return `${(ns / 1000).toFixed(1)} µs`;
}
