import { expect, test } from "vitest";
import { hodgesLehmann } from "../../src/stats/estimates/hodges-lehmann.ts";
import { signedRankTest } from "../../src/stats/tests/signed-rank.ts";

// Hollander and Wolfe, Table 3.1: depression scale before and after; R's wilcox.test example.
const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
const differences = before.map((value, index) => value - after[index]!);

test("sum and exact two-sided p", () => {
  expect(signedRankTest(differences)).toEqual({ v: 40, p: 0.0390625 });
});

test("Hodges-Lehmann estimate with its exact interval", () => {
  const effect = hodgesLehmann(differences);
  expect(effect?.estimate).toBeCloseTo(0.46, 12);
  expect(effect?.low).toBeCloseTo(0.01, 12);
  expect(effect?.high).toBeCloseTo(0.786, 12);
});
