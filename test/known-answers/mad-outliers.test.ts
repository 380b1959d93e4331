import { expect, test } from "vitest";
import { madOutliers } from "../../src/stats/mad-outliers.ts";

test("one of five is an outlier", () => {
  expect(madOutliers([0.5, 0.3, 0.29, 0.31, 0.3])).toEqual([0]);
});
