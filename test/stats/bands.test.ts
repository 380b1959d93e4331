import { expect, test } from "vitest";
import { normalQuantile } from "../../src/stats/distributions/normal.ts";
import { studentTCdf, studentTQuantile } from "../../src/stats/distributions/student-t.ts";
import { tPrediction } from "../../src/stats/estimates/t-prediction.ts";

test("one earlier observation gives no band", () => {
  expect(tPrediction({ mean: 1, standardDeviation: 0, n: 1 }, 0.95)).toBeNull();
});

test("a history without spread gives a point", () => {
  expect(tPrediction({ mean: 1, standardDeviation: 0, n: 9 }, 0.95)).toEqual({ low: 1, high: 1 });
});

test("a boundary of one half is refused", () => {
  expect(() => tPrediction({ mean: 1, standardDeviation: 1, n: 9 }, 0.5)).toThrow("between 0.5 and 1");
});

test("quantile and distribution are each other's inverse", () => {
  for (const freedom of [1, 2.5, 7, 40, 5000]) {
    for (const p of [1e-6, 0.01, 0.3, 0.5, 0.9, 0.9999]) {
      expect(studentTCdf(studentTQuantile(p, freedom), freedom)).toBeCloseTo(p, 12);
    }
  }
});

test("infinite t and impossible arguments", () => {
  expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
  expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
  expect(() => studentTCdf(1, 0)).toThrow("above 0");
  expect(() => studentTCdf(Number.NaN, 3)).toThrow("number");
  expect(() => studentTQuantile(1, 3)).toThrow("between 0 and 1");
  expect(() => normalQuantile(0)).toThrow("between 0 and 1");
});
