import { expect, test } from "vitest";
import { agreementT, trimmedMean } from "../../src/stats/estimates/trimmed-t.ts";

/** Wilcox, Introduction to Robust Estimation and Hypothesis Testing, 3.3: 20 % trimmed mean 282.7, error 56.1. */
const SELF_AWARENESS = [
  77, 87, 88, 114, 151, 210, 219, 246, 253, 262, 296, 299, 306, 376, 428, 515, 666, 1310, 2611,
];

test("Wilcox's self-awareness data", () => {
  const { mean, error } = trimmedMean(SELF_AWARENESS);
  expect(mean).toBeCloseTo(282.7, 1);
  // He divides by the nominal share of 0.6; 13 of the 19 are kept.
  expect((error * 13) / 19 / 0.6).toBeCloseTo(56.1, 1);
});

test("the statistic is the mean over its error, times the squared share that agrees", () => {
  const values = Float64Array.of(-1, 1, 2, 3, 4);
  const { mean, error } = trimmedMean(values);
  expect(mean).toBe(2);
  expect(agreementT(values)).toBeCloseTo((2 / error) * 0.8 ** 2, 12);
  expect(agreementT(Float64Array.of(-4, -3, -2, -1, 1))).toBeCloseTo(-agreementT(values), 12);
});

test("no values, and zeros, say nothing; equal ones are finite", () => {
  expect(agreementT(new Float64Array())).toBe(0);
  expect(agreementT(new Float64Array(15))).toBe(0);
  expect(agreementT(new Float64Array(15).fill(0.015))).toBeCloseTo(10, 9);
});
