import { expect, test } from "vitest";
import { madOutliers } from "../../src/stats/mad-outliers.ts";

test("nothing, and equal values, have no outliers", () => {
  expect(madOutliers([])).toEqual([]);
  expect(madOutliers([2, 2, 2, 2])).toEqual([]);
});

test("among equal values a near one is no outlier, a lone far one is", () => {
  expect(madOutliers([2, 2, 2, 2.1, 2.1])).toEqual([]);
  expect(madOutliers([...Array(30).fill(2), 9])).toEqual([30]);
});

test("NaN is refused", () => {
  expect(() => madOutliers([1, Number.NaN])).toThrow("finite");
});
