import { expect, test } from "vitest";
import { hodgesLehmann, walshAverages } from "../../../src/stats/estimates/hodges-lehmann.ts";

test("no differences have no estimate", () => {
  expect(hodgesLehmann([])).toBeNull();
});

test("five differences are unbounded, six are not", () => {
  expect(hodgesLehmann([1, 2, 3, 4, 5])).toEqual({ estimate: 3, low: null, high: null, n: 5 });
  expect(hodgesLehmann([1, 2, 3, 4, 5, 6])).toEqual({ estimate: 3.5, low: 1, high: 6, n: 6 });
});

test("equal differences give a point", () => {
  expect(hodgesLehmann(Array(15).fill(0))).toEqual({ estimate: 0, low: 0, high: 0, n: 15 });
});

test("one wild round does not move the estimate far", () => {
  const calm = [0.01, 0.02, 0.03, 0.01, 0.02, 0.03, 0.02, 0.02];
  expect(hodgesLehmann([...calm, 50])?.estimate).toBeLessThan(0.04);
});

test("NaN is refused", () => {
  expect(() => hodgesLehmann([1, Number.NaN])).toThrow("finite");
});

test("Walsh averages are the means of all pairs, each with itself too", () => {
  expect(walshAverages([1, 3])).toEqual([1, 2, 3]);
});
