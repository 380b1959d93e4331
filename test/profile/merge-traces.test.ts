import { expect, test } from "vitest";
import { mergeTraces } from "../../src/profile/merge-traces.ts";
import { capWaits, splitTargets } from "../../src/profile/split-targets.ts";
import { type CallTotals, TraceAccumulator, type TraceTotals } from "../../src/profile/trace-totals.ts";
import { NO_COST } from "./traces.ts";

function totals(parts: Partial<CallTotals>): CallTotals {
  const none = { errors: 0, bytes: 0, blocked: 0, timeNs: 0, waitNs: 0 };
  return { name: "read", target: "none", count: 1, ...none, ...parts };
}

function trace(...calls: CallTotals[]): TraceTotals {
  return { ...new TraceAccumulator(NO_COST).totals(), calls };
}

test("the median over the runs, with 0 for a run that made no such call", () => {
  const rare = totals({ name: "madvise", count: 9 });
  const merged = mergeTraces([
    trace(totals({ count: 10, timeNs: 100 })),
    trace(totals({ count: 12, timeNs: 300 }), rare),
    trace(totals({ count: 11, timeNs: 200 })),
  ]);
  expect(merged.calls).toEqual([totals({ count: 11, timeNs: 200 })]);
});

test("calls whose number would not hold still are named, small differences are not", () => {
  const runs = [100, 150, 400].map((count) =>
    trace(totals({ name: "futex", count }), totals({ name: "write", count: 1000 + count / 20 })),
  );
  expect(mergeTraces(runs).unsteady).toEqual([{ name: "futex", least: 100, most: 400 }]);
});

test("sums stay perf's, proportions are strace's", () => {
  const counted = totals({ count: 100, errors: 7, bytes: 6000, blocked: 5, timeNs: 9000, waitNs: 5000 });
  const split = splitTargets(
    [counted],
    [
      totals({ target: "socket", count: 30, errors: 9, bytes: 1000, blocked: 4 }),
      totals({ target: "file", count: 15, bytes: 2000 }),
    ],
  );
  expect(split).toEqual([
    totals({
      target: "socket",
      count: 67,
      errors: 7,
      bytes: 2000,
      blocked: 5,
      timeNs: 4000 * (2 / 3) + 5000,
      waitNs: 5000,
    }),
    totals({ target: "file", count: 33, bytes: 4000, timeNs: 4000 / 3 }),
  ]);
});

test("waits go to what may be waited for, also where strace saw none", () => {
  const split = splitTargets(
    [totals({ count: 4, blocked: 2 })],
    [totals({ target: "file", count: 3 }), totals({ target: "pipe", count: 1 })],
  );
  // The pipe had one call, so that the second wait has no other place than the file.
  expect(split.map(({ target, blocked }) => [target, blocked])).toEqual([
    ["file", 1],
    ["pipe", 1],
  ]);
});

test.each([1, 2, 3, 10, 101, 99_999])("%i calls are shared out without loss", (count) => {
  const seen = ["file", "pipe", "socket"].map((target, index) =>
    totals({ target: target as "file", count: index + 1, blocked: index }),
  );
  const split = splitTargets([totals({ count, errors: count, blocked: count })], seen);
  for (const what of ["count", "errors", "blocked"] as const) {
    expect(split.reduce((sum, call) => sum + call[what], 0)).toBe(count);
    expect(split.every((call) => call[what] <= call.count)).toBe(true);
  }
});

test("a call that strace did not see has no target", () => {
  expect(splitTargets([totals({ name: "futex" })], [])).toEqual([totals({ name: "futex" })]);
});

test("strace's waits are brought down to the switches that the kernel counted", () => {
  const calls = [
    totals({ count: 90, blocked: 60, timeNs: 700, waitNs: 600 }),
    totals({ count: 50, blocked: 40 }),
  ];
  expect(capWaits(calls, 50)).toMatchObject([{ blocked: 30, waitNs: 300, timeNs: 400 }, { blocked: 20 }]);
  expect(capWaits(calls, 100)).toEqual(calls);
});
