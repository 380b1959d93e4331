import { expect, test } from "vitest";
import { medianInterval } from "../../src/stats/estimates/median-interval.ts";

test.each([
  { n: 6, orders: [1, 6], coverage: 0.96875 },
  { n: 10, orders: [2, 9], coverage: 0.9785156 },
  { n: 20, orders: [6, 15], coverage: 0.9586105 },
])("orders of $n values", ({ n, orders, coverage }) => {
  const values = Array.from({ length: n }, (_, index) => index + 1);
  const interval = medianInterval(values);
  expect([interval?.lowOrder, interval?.highOrder]).toEqual(orders);
  expect([interval?.low, interval?.high]).toEqual(orders);
  expect(interval?.coverage).toBeCloseTo(coverage, 7);
});
