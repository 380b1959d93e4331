import { expect, test } from "vitest";
import { gapBound } from "../../src/profile/gap-bounds.ts";
import { TraceAccumulator } from "../../src/profile/trace-totals.ts";
import { call, NO_COST } from "./traces.ts";

test("the tracer's cost is taken off times and gaps, never below 0", () => {
  const trace = new TraceAccumulator({ insideNs: 60, betweenNs: 1000 });
  trace.add(call({ enterNs: 0, exitNs: 100 }));
  trace.add(call({ enterNs: 1050, exitNs: 1100 }));
  trace.add(call({ name: "getuid", enterNs: 1200, exitNs: 1210 }));
  const { calls, gaps } = trace.totals();
  expect(calls.map(({ name, timeNs }) => [name, timeNs])).toEqual([
    ["getpid", 100 + 50 - 2 * 60],
    ["getuid", 0],
  ]);
  expect([...gaps]).toEqual([[100, 2]]);
});

test("think time is between the calls of one thread, not of two", () => {
  const trace = new TraceAccumulator(NO_COST);
  trace.add(call({ thread: 1, enterNs: 0, exitNs: 10 }));
  trace.add(call({ thread: 2, enterNs: 500, exitNs: 510 }));
  trace.add(call({ thread: 1, enterNs: 10_010, exitNs: 10_020 }));
  expect([...trace.totals().gaps]).toEqual([[gapBound(10_000), 1]]);
});

test("threads are counted while they live", () => {
  const trace = new TraceAccumulator(NO_COST);
  trace.add(call({ thread: 1 }));
  for (const thread of [2, 3]) {
    trace.add({ type: "start", thread, isProcess: false });
    trace.add({ type: "end", thread, atNs: 5 });
  }
  trace.add({ type: "start", thread: 4, isProcess: true });
  expect(trace.totals()).toMatchObject({ threads: 2, processes: 2 });
});

test("what happens after the first process has ended is no part of the run", () => {
  const trace = new TraceAccumulator(NO_COST);
  trace.add(call({}));
  trace.add({ type: "program-end", end: { exitCode: 0, signal: null } });
  trace.add(call({ enterNs: 9000, exitNs: 9100 }));
  expect(trace.totals()).toMatchObject({ isWhole: true, wallNs: 100, calls: [{ count: 1 }] });
});

test("without the scheduler's word, a long call has waited only where one may wait", () => {
  const trace = new TraceAccumulator(NO_COST);
  for (const [name, target] of [
    ["read", "pipe"],
    ["read", "file"],
    ["mprotect", "none"],
  ] as const) {
    trace.add(call({ name, target, exitNs: 1e6, sleptNs: null }));
  }
  expect(trace.totals().calls.map(({ blocked }) => blocked)).toEqual([1, 0, 0]);
});

test("gaps fall into buckets of half an octave, each with its upper bound", () => {
  expect([0, 100, 101, 141, 142, 200, 1e6].map(gapBound)).toEqual([100, 100, 141, 141, 200, 200, 1_158_524]);
  for (let ns = 1; ns < 1e9; ns *= 1.37) {
    expect(gapBound(ns)).toBeGreaterThanOrEqual(Math.floor(ns));
    expect(gapBound(ns)).toBeLessThan(Math.max(101, ns * 1.42));
  }
});

test("a few preempted calls do not outweigh all others, a long copy is believed", () => {
  const trace = new TraceAccumulator(NO_COST);
  for (let index = 0; index < 99; index++) trace.add(call({ exitNs: 200 }));
  trace.add(call({ exitNs: 5e6 }));
  trace.add(call({ name: "read", exitNs: 200 }));
  trace.add(call({ name: "read", exitNs: 300 }));
  trace.add(call({ name: "read", exitNs: 4e6, bytes: 8e6 }));
  expect(trace.totals().calls.map(({ timeNs }) => timeNs)).toEqual([100 * 200 + 7 * 200, 4e6 + 500]);
});
