import { expect, test } from "vitest";
import { normalQuantile } from "../../src/stats/distributions/normal.ts";
import { driftAllowance, driftInflation } from "../../src/stats/estimates/drift-allowance.ts";

/** As far from zero as standard normal values lie, with a standard error of 1. */
const shifts = (scale: number, count = 99) =>
  Array.from({ length: count }, (_, at) => {
    const estimate = scale * normalQuantile((at + 0.5) / count);
    return { estimate, low: estimate - 1.96, high: estimate + 1.96, n: 15 };
  });

test("metrics that move as far as they scatter are not inflated, nor those that move less", () => {
  expect(driftInflation(shifts(1))).toBeCloseTo(1, 1);
  expect(driftInflation(shifts(0.5))).toBe(1);
});

test("metrics that move three times as far are, and a few wild ones decide nothing", () => {
  expect(driftInflation(shifts(3))).toBeCloseTo(3, 1);
  const changed = shifts(1, 33).map((shift) => ({ ...shift, estimate: 50 }));
  expect(driftInflation([...shifts(1, 66), ...changed])).toBeLessThan(1.8);
});

test("few metrics tell nothing", () => {
  expect(driftInflation(shifts(3, 5))).toBe(1);
  expect(driftInflation(Array<null>(50).fill(null))).toBe(1);
});

test("the allowance is what the critical distance grows by", () => {
  const [shift] = shifts(1);
  expect(driftAllowance(shift!, 2, 0.025)).toBeCloseTo(1.96, 3);
  expect(driftAllowance(shift!, 1, 0.025)).toBe(0);
  expect(driftAllowance({ ...shift!, low: null }, 2, 0.025)).toBe(0);
});
