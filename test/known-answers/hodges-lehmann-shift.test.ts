import { expect, test } from "vitest";
import { rankSumTable } from "../../src/stats/distributions/rank-sum-table.ts";
import { hodgesLehmannShift } from "../../src/stats/estimates/hodges-lehmann-shift.ts";

test("permeability of the human chorioamnion (R, wilcox.test with conf.int)", () => {
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  const { estimate, low, high } = hodgesLehmannShift(early, term)!;
  expect(estimate).toBeCloseTo(0.305, 9);
  expect(low).toBeCloseTo(-0.15, 9);
  expect(high).toBeCloseTo(0.76, 9);
});

test("of the 70 ways to deal 4 and 4, 1, 2, 4 and 7 have a U of at most 0, 1, 2 and 3", () => {
  expect([...rankSumTable(4, 4)].slice(0, 4).map((chance) => Math.round(70 * chance))).toEqual([1, 2, 4, 7]);
});
