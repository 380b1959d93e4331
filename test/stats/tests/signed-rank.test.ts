import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { signedRankCritical, signedRankTable } from "../../../src/stats/distributions/signed-rank-table.ts";
import { signedRankTest } from "../../../src/stats/tests/signed-rank.ts";
import { many, normal } from "../random-numbers.ts";

test("no differences, or only zeros, say nothing", () => {
  expect(signedRankTest([])).toEqual({ v: 0, p: 1 });
  expect(signedRankTest([0, 0, 0])).toEqual({ v: 0, p: 1 });
});

test("the smallest p of n rounds is 2 to the power of 1 - n", () => {
  expect(signedRankTest([1, 2, 3, 4, 5, 6]).p).toBe(2 ** -5);
  expect(signedRankTest([1, 2, 3, 4, 5, 6], "greater").p).toBe(2 ** -6);
  expect(signedRankTest([1, 2, 3, 4, 5, 6], "less").p).toBe(1);
});

test("ties and zeros: the same p as flipping the signs of the shared ranks, one by one", () => {
  const differences = [2, 2, -2, 0, 1, 5, 0, 3];
  const ranks = [5, 5, 5, 0, 3, 8, 0, 7];
  let above = 0;
  for (let flips = 0; flips < 256; flips++) {
    const sum = ranks.reduce((total, rank, bit) => total + ((flips >> bit) & 1 ? rank : 0), 0);
    if (sum >= 28) above++;
  }
  expect(signedRankTest(differences, "greater")).toEqual({ v: 28, p: above / 256 });
});

test("opposite signs mirror the one-sided tests", () => {
  const random = seededRandom("mirror");
  const differences = many(17, () => 0.3 + normal(random));
  const flipped = differences.map((difference) => -difference);
  expect(signedRankTest(differences, "greater").p).toBeCloseTo(signedRankTest(flipped, "less").p, 12);
});

test("the table ends at one half or above, and is a distribution", () => {
  for (const n of [1, 2, 3, 4, 9, 30]) {
    const table = signedRankTable(n);
    expect(table[0]).toBeCloseTo(2 ** -n, 15);
    expect(table.at(-1)).toBeGreaterThanOrEqual(0.5);
    expect(table.at(-1)).toBeLessThanOrEqual(1);
  }
});

test("critical values of the printed tables", () => {
  const criticals = [5, 6, 7, 8, 9, 10, 15, 20, 30].map((n) => signedRankCritical(n, 0.025));
  expect(criticals).toEqual([-1, 0, 2, 3, 5, 8, 25, 52, 137]);
});
