import { expect, test } from "vitest";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { alikeShift, strataOf } from "../../src/stats/estimates/alike-pairs.ts";
import { cautiousSpread } from "../../src/stats/estimates/cautious-spread.ts";
import { hodgesLehmannShift } from "../../src/stats/estimates/hodges-lehmann-shift.ts";
import { effectOf, verdicts } from "../../src/stats/families/verdict.ts";
import { roundsToSettle } from "../../src/stats/power/rounds-to-settle.ts";
import { mannWhitney } from "../../src/stats/tests/mann-whitney.ts";
import { many, normal } from "./random-numbers.ts";

const random = seededRandom("two runs");
const launches = (count: number, shift: number) => many(count, () => shift + 0.02 * normal(random));

test("one-sided Mann-Whitney is half of two-sided on its own side", () => {
  const [x, y] = [
    [5, 6, 7, 8],
    [1, 2, 3, 4.5],
  ];
  expect(mannWhitney(x, y, "greater").p).toBeCloseTo(1 / 70, 12);
  expect(mannWhitney(x, y, "less").p).toBeCloseTo(1, 12);
  expect(mannWhitney(y, x, "less").p).toBeCloseTo(1 / 70, 12);
});

test("an empty run has no shift, three launches a side no bounds", () => {
  expect(hodgesLehmannShift([], [1])).toBeNull();
  expect(hodgesLehmannShift([1, 2, 3], [2, 3, 4])).toEqual({ estimate: 1, low: null, high: null, n: 3 });
});

test("the interval of the shift covers the truth in 95 of 100 cases", () => {
  const covered = many(2000, () => {
    const { low, high } = hodgesLehmannShift(launches(15, 0), launches(12, 0.01))!;
    return low! <= 0.01 && high! >= 0.01;
  }).filter(Boolean).length;
  expect(covered / 2000).toBeGreaterThan(0.94);
  expect(covered / 2000).toBeLessThan(0.965);
});

test("so does the one of like launches, where disturbed ones cost half as much again", () => {
  const covered = many(1500, () => {
    const side = (count: number, shift: number, busy: number) => {
      const disturbed = many(count, () => random() < busy);
      return { disturbed, costs: launches(count, shift).map((cost, at) => cost + (disturbed[at] ? 0.4 : 0)) };
    };
    const [old, fresh] = [side(15, 0, 0.3), side(15, 0.01, 0.7)];
    const strata = strataOf(old.costs, fresh.costs, { before: old.disturbed, after: fresh.disturbed });
    const { low, high } = alikeShift(strata, 0.95) ?? { low: null, high: null };
    return (low === null || low <= 0.01) && (high === null || high >= 0.01);
  }).filter(Boolean).length;
  expect(covered / 1500).toBeGreaterThan(0.94);
  expect(covered / 1500).toBeLessThan(0.975);
});

test("two runs of the same are same, a slower one is worse, a faster one better", () => {
  const delta = 0.03;
  const runs = (before: number[], after: number[]) => ({ strata: [{ before, after }], delta });
  const found = verdicts(
    [
      runs(launches(20, 0), launches(20, 0)),
      runs(launches(20, 0), launches(20, 0.12)),
      runs(launches(20, 0), launches(20, -0.12)),
      runs(launches(3, 0), launches(3, 0.12)),
    ],
    0.05,
  );
  expect(found.verdicts.map(({ verdict }) => verdict)).toEqual(["same", "worse", "better", "unclear"]);
});

test("a spread needs two values", () => {
  expect(cautiousSpread([])).toBe(0);
  expect(cautiousSpread([4])).toBe(0);
  expect(cautiousSpread([1, 3])).toBeCloseTo(Math.SQRT2 * (1 + Math.SQRT1_2), 12);
});

test("rounds to settle grow with the square of the noise, and end where nobody would wait", () => {
  const plan = { estimate: 0.005, spread: 0.03, delta: 0.02, cells: 10, against: null };
  const once = roundsToSettle(plan)!;
  expect(once).toBeGreaterThan(20);
  expect(roundsToSettle({ ...plan, spread: 0.06 })! / once).toBeCloseTo(4, 0);
  expect(roundsToSettle({ ...plan, estimate: 0.0199 })).toBeNull();
  expect(roundsToSettle({ ...plan, against: 5 })).toBeNull();
  expect(roundsToSettle({ ...plan, against: 200 })).toBeGreaterThan(once);
});

test("with the rounds that it asks for, `same` is reached in about 80 of 100 cases", () => {
  const rounds = roundsToSettle({ estimate: 0, spread: 0.02, delta: 0.015, cells: 10, against: null })!;
  const settled = many(400, () => {
    const { low, high } = effectOf({ logRatios: launches(rounds, 0) }, 0.9)!;
    return low! > -0.015 && high! < 0.015;
  }).filter(Boolean).length;
  expect(settled / 400).toBeGreaterThan(0.75);
  expect(settled / 400).toBeLessThan(0.95);
});
