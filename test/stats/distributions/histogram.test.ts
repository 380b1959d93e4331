import { expect, test } from "vitest";
import {
  histogramCount,
  histogramQuantile,
  mergeHistograms,
} from "../../../src/stats/distributions/histogram.ts";

test("equal buckets are joined and empty ones dropped, in ascending order", () => {
  const merged = mergeHistograms([
    [
      [10, 1],
      [30, 2],
    ],
    [
      [5, 4],
      [20, 0],
      [30, 1],
    ],
  ]);
  expect(merged).toEqual([
    [5, 4],
    [10, 1],
    [30, 3],
  ]);
  expect(histogramCount(merged)).toBe(8);
});

test("nothing merges to nothing", () => {
  expect(mergeHistograms([])).toEqual([]);
  expect(histogramCount([])).toBe(0);
});

test("a quantile is the upper bound of the bucket that holds its rank", () => {
  const histogram = [
    [10, 50],
    [20, 49],
    [99, 1],
  ] as const;
  expect(histogramQuantile(histogram, 0.5)).toBe(10);
  expect(histogramQuantile(histogram, 0.51)).toBe(20);
  expect(histogramQuantile(histogram, 0.99)).toBe(20);
  expect(histogramQuantile(histogram, 1)).toBe(99);
});

test("an empty histogram has no quantile", () => {
  expect(() => histogramQuantile([], 0.5)).toThrow("empty");
});
