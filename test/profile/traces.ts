import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PerfReader } from "../../src/profile/perf-reader.ts";
import { StraceReader } from "../../src/profile/strace-reader.ts";
import { TraceAccumulator, type TraceTotals } from "../../src/profile/trace-totals.ts";
import type { TracedCall, TraceEvent } from "../../src/profile/traced-call.ts";
import type { TracerCost } from "../../src/samples/program-profile.ts";

export const NO_COST: TracerCost = { insideNs: 0, betweenNs: 0 };

export function goldenLines(file: string): string[] {
  return readFileSync(join(import.meta.dirname, "golden", file), "utf8")
    .split("\n")
    .filter((line) => line !== "");
}

/** What a recorded trace says, added up, and what its reader could not read. */
export function read(
  file: string,
  cost: TracerCost = NO_COST,
): { totals: TraceTotals; events: TraceEvent[]; garbage: number } {
  const trace = new TraceAccumulator(cost);
  const events: TraceEvent[] = [];
  const emit = (event: TraceEvent) => {
    events.push(event);
    trace.add(event);
  };
  const reader = file.endsWith(".perf") ? new PerfReader(emit) : new StraceReader(emit);
  for (const line of goldenLines(file)) reader.line(line);
  return { totals: trace.totals(), events, garbage: reader.garbage };
}

/** `read file` -> how often */
export function counts(totals: TraceTotals): Record<string, number> {
  return Object.fromEntries(totals.calls.map(({ name, target, count }) => [`${name} ${target}`, count]));
}

export function call(parts: Partial<TracedCall>): TracedCall {
  return {
    type: "call",
    thread: 1,
    name: "getpid",
    target: "none",
    enterNs: 0,
    exitNs: 100,
    failed: false,
    bytes: 0,
    sleptNs: 0,
    ...parts,
  };
}
