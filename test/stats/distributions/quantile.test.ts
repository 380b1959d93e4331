import { expect, test } from "vitest";
import { median, quantile } from "../../../src/stats/distributions/quantile.ts";
import { sorted } from "../../../src/stats/distributions/sorted.ts";

test("ends are the smallest and the largest value", () => {
  expect(quantile(sorted([3, 1, 2]), 0)).toBe(1);
  expect(quantile(sorted([3, 1, 2]), 1)).toBe(3);
});

test("one value is every quantile", () => {
  expect(quantile(sorted([4]), 0.99)).toBe(4);
});

test("the median of an even number lies between the two middle ones", () => {
  expect(median([10, 1, 2, 4])).toBe(3);
});

test("nothing has no quantile", () => {
  expect(() => median([])).toThrow("no quantile");
  expect(() => quantile(sorted([1]), 1.1)).toThrow("within 0..1");
});

test("sorting is by value, leaves the input alone and refuses NaN", () => {
  const values = [10, 9, -1];
  expect(sorted(values)).toEqual([-1, 9, 10]);
  expect(values).toEqual([10, 9, -1]);
  expect(() => sorted([Number.NaN])).toThrow("finite");
});
