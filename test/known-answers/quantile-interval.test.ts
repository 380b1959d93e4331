import { expect, test } from "vitest";
import { observationsNeeded, quantileInterval } from "../../src/stats/estimates/quantile-interval.ts";

test("a bound on p95 needs 59 observations, on p99 299", () => {
  expect(observationsNeeded(0.95)).toBe(59);
  expect(observationsNeeded(0.99)).toBe(299);
});

test("p99 is bounded on both sides from 368 observations", () => {
  const ends = (n: number) => {
    const interval = quantileInterval([...Array(n).keys()], 0.99);
    return interval.kind === "interval" ? [interval.low, interval.high] : interval.kind;
  };
  expect(ends(298)).toBe("too few");
  expect(ends(299)).toEqual([null, 298]);
  expect(ends(367)).toEqual([null, 366]);
  expect(ends(368)).toEqual([359, 367]);
});
