import { expect, test } from "vitest";
import { eDivisive } from "../../src/stats/change-points/e-divisive.ts";
import { energySplit } from "../../src/stats/change-points/energy-split.ts";

// MongoDB signal processing algorithms.
const steps = [0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150];
// Hunter / Otava.
const halved = [
  1.02, 0.95, 0.99, 1, 1.12, 1, 1.01, 0.98, 1.01, 0.96, 0.5, 0.51, 0.48, 0.48, 0.55, 0.5, 0.49, 0.51, 0.5,
  0.49,
];

test("the largest energy distance and its split", () => {
  const split = energySplit(steps);
  expect(split?.index).toBe(5);
  expect(split?.q).toBeCloseTo(761.2821, 4);
});

test("two steps", () => {
  expect(eDivisive(steps).map(({ index }) => index)).toEqual([5, 8]);
});

test("one step, seen through half overlapping windows", () => {
  expect(eDivisive(halved, { window: 10, maxP: 0.0001 }).map(({ index }) => index)).toEqual([10]);
});
