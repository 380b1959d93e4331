import { describe, expect, test } from "vitest";
import type { Start } from "../../../src/capacity/storm/storm-types.ts";
import { lagOf, summariseStorm } from "../../../src/capacity/storm/summarise-storm.ts";

const start = (index: number, changes: Partial<Start> = {}): Start => ({
  intendedS: index,
  begunS: index,
  readyS: index + (index + 1) / 1000,
  endedS: index + 1,
  failure: null,
  ...changes,
});
const starts = (count: number) => Array.from({ length: count }, (_, index) => start(index));

describe("summariseStorm", () => {
  test("gives no quantile below the starts that it needs", () => {
    const { ready } = summariseStorm(starts(100), 100);
    expect(ready.p95).toMatchObject({ estimateS: expect.closeTo(0.09505, 5) });
    expect(ready.p99).toEqual({ needed: 299 });
  });

  test("takes quantiles and rate of good starts only", () => {
    const failed = [200, 201].map((index) => start(index, { failure: "it hung", readyS: index + 60 }));
    const summary = summariseStorm([...starts(100), ...failed], 50);
    expect(summary).toMatchObject({ starts: 102, failed: 2, failures: ["it hung"], ratePerS: 2 });
    expect(summary.ready).toEqual(summariseStorm(starts(100), 50).ready);
  });
});

describe("the generator's lag", () => {
  const late = (count: number) => [
    ...starts(1000 - count),
    ...Array.from({ length: count }, (_, index) => start(index, { begunS: index + 0.006 })),
  ];

  test("refuses a storm whose 99th percentile is above 5 ms", () => {
    expect(lagOf(late(11)).refused).toContain("late by 6.0 ms (p99)");
  });

  test("lets one pass of which fewer starts are late", () => {
    expect(lagOf(late(9)).refused).toBeNull();
  });
});
