import { expect, test } from "vitest";
import { varianceComponents } from "../../src/stats/variance-components.ts";

// libkalibera's own test data.
const data = [
  [
    [9, 5],
    [8, 3],
  ],
  [
    [10, 6],
    [7, 11],
  ],
  [
    [1, 12],
    [2, 4],
  ],
];

test("three levels", () => {
  const result = varianceComponents(data);
  expect(result.mean).toBeCloseTo(6.5, 12);
  expect(result.observed.map((value) => value.toFixed(4))).toEqual(["16.5000", "2.5833", "3.5625"]);
  expect(result.components.map((value) => value.toFixed(4))).toEqual(["16.5000", "-5.6667", "2.2708"]);
  expect(result.halfWidth).toBeCloseTo(4.6887, 4);
});
