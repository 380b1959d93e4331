import { expect, test } from "vitest";
import { observationsNeeded, quantileInterval } from "../../../src/stats/estimates/quantile-interval.ts";

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);

test("too few observations are data, not an error", () => {
  expect(quantileInterval([], 0.5)).toEqual({ kind: "too few", n: 0, needed: 5 });
  expect(quantileInterval(upTo(58), 0.95)).toEqual({ kind: "too few", n: 58, needed: 59 });
});

test("a low quantile needs as many as its mirror image, and is bounded below", () => {
  expect(observationsNeeded(0.01)).toBe(299);
  expect(quantileInterval(upTo(299), 0.01)).toMatchObject({ kind: "interval", low: 1, high: null });
});

test("the median agrees with the median interval", () => {
  expect(quantileInterval(upTo(20), 0.5)).toMatchObject({ low: 6, high: 15, estimate: 10.5 });
});

test("quantiles 0 and 1 have no interval", () => {
  expect(() => quantileInterval(upTo(10), 0)).toThrow("between 0 and 1");
  expect(() => quantileInterval(upTo(10), 1)).toThrow("between 0 and 1");
});
