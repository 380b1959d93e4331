import { expect, test } from "vitest";
import { medianInterval } from "../../../src/stats/estimates/median-interval.ts";

test("fewer than six values have no interval", () => {
  expect(medianInterval([])).toBeNull();
  expect(medianInterval([1, 2, 3, 4, 5])).toBeNull();
});

test("ties give a point", () => {
  expect(medianInterval(Array(10).fill(7))).toMatchObject({ low: 7, high: 7 });
});

test("NaN is refused", () => {
  expect(() => medianInterval([1, Number.NaN])).toThrow("finite");
});

test("many launches do not underflow", () => {
  const values = Array.from({ length: 5000 }, (_, index) => index);
  const interval = medianInterval(values);
  expect(interval?.coverage).toBeGreaterThan(0.95);
  expect(interval?.coverage).toBeLessThan(0.955);
});
