import type { ProgramProfile } from "../samples/program-profile.ts";
import { byteTerm, isBeside, isPatchable, termsOfCall } from "./call-demands.ts";
import { addDemand, type Demand } from "./terms.ts";

/**
 * A call after the thread has computed for this long finds systrap's Sentry asleep. Each side spins 20 µs twice (gVisor
 * pkg/sentry/platform/systrap/shared_context.go); `getpid` after a spin of 10 µs is still fast, after one of 20 slow
 * (docs/benchmarks.md), and this is the middle.
 */
export const PAUSE_NS = 14_000;

export type ProgramDemand = {
  demand: Demand;
  /** How many threads' work goes on at a time: costs of calls are shared by it. At least 1. */
  overlap: number;
  /** Calls that the model does not know, by name. */
  unknown: { name: string; count: number }[];
  /** Share of all calls that it does not know. */
  unknownShare: number;
};

/** Counts each term's occurrences in one run of a program. Waking up counts by the kernel's own count of sleeps. */
export function demandOf(profile: ProgramProfile): ProgramDemand {
  let demand: Demand = {};
  const unknown: ProgramDemand["unknown"] = [];
  let calls = 0;
  let sleeps = 0;
  for (const call of profile.calls) {
    calls += call.count;
    if (isBeside(call.name)) {
      sleeps += call.count;
      continue;
    }
    const terms = termsOfCall(call);
    if (terms === null) {
      unknown.push({ name: call.name, count: call.count });
      continue;
    }
    const trap = isPatchable(call.name, profile.callingStyle) ? "patched-trap" : "trap";
    demand = addDemand(demand, addDemand({ [trap]: 1 }, terms), call.count);
    const bytes = byteTerm(call);
    if (bytes !== null) demand = addDemand(demand, { [bytes]: call.bytes });
    sleeps += terms.timer === undefined ? 0 : call.count;
  }
  const unknownCalls = unknown.reduce((sum, { count }) => sum + count, 0);
  const wakes = Math.max(0, profile.bare.voluntarySwitches - sleeps);
  const known = calls - unknownCalls;
  demand = addDemand(demand, {
    // Who has slept finds the other side asleep as well as who has computed.
    "paused-trap": Math.min(known, pausedShare(profile.gaps) * known + wakes),
    fault: profile.bare.minorFaults + profile.bare.majorFaults,
    wake: wakes,
    // The first ones too: a run is timed from its fork.
    process: profile.processes,
    exec: profile.execs,
    compute: profile.bare.userNs,
  });
  return {
    demand,
    overlap: Math.max(1, profile.parallelism),
    unknown: unknown.sort((a, b) => b.count - a.count),
    unknownShare: calls === 0 ? 0 : unknownCalls / calls,
  };
}

function pausedShare(gaps: ProgramProfile["gaps"]): number {
  const all = gaps.reduce((sum, [, count]) => sum + count, 0);
  const paused = gaps.reduce((sum, [upper, count]) => sum + (upper > PAUSE_NS ? count : 0), 0);
  return all === 0 ? 0 : paused / all;
}
