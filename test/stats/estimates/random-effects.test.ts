import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { randomEffects, shrunk } from "../../../src/stats/estimates/random-effects.ts";

describe("known answers", () => {
  test("two estimates with the error 1, by hand: variance 2, less 1", () => {
    const all = randomEffects([1, 3], [1, 1]);
    expect(all).toEqual({ centre: 2, centreVariance: 1, between: 1 });
    // Half of the way; variance 0.5 * 1 + 0.25 * 1.
    expect(shrunk(1, 1, all)).toEqual({ mean: 1.5, error: Math.sqrt(0.75) });
  });

  test("three estimates of unlike errors, by hand: variance 7, less 3", () => {
    const all = randomEffects([0, 1, 5], [1, 2, 2]);
    expect(all.between).toBeCloseTo(4, 12);
    // Weights 1/5, 1/8, 1/8.
    expect(all.centre).toBeCloseTo(0.75 / 0.45, 12);
    expect(all.centreVariance).toBeCloseTo(1 / 0.45, 12);
  });
});

test("differences that the errors explain are no differences", () => {
  const all = randomEffects([10, 11, 9], [5, 5, 5]);
  expect(all.between).toBe(0);
  expect(shrunk(11, 5, all).mean).toBeCloseTo(10, 9);
});

test("differences far beyond the errors are kept", () => {
  const all = randomEffects([10, 1000, 5000], [1, 1, 1]);
  expect(shrunk(1000, 1, all).mean).toBeCloseTo(1000, 0);
  expect(shrunk(1000, 1, all).error).toBeCloseTo(1, 2);
});

test("a large value whose error is as large in proportion stays one", () => {
  const [values, errors] = [
    [7, 8, 7000],
    [2, 2, 2000],
  ];
  const all = randomEffects(values, errors);
  expect(shrunk(7000, 2000, all).mean).toBeGreaterThan(0.7 * 7000);
  expect(shrunk(7, 2, all).mean).toBeCloseTo(7, 1);
});

test("one estimate alone stays as it is", () => {
  expect(shrunk(7, 2, randomEffects([7], [2]))).toEqual({ mean: 7, error: 2 });
});

test("shrunk estimates are nearer to the truth than the estimates", () => {
  const random = seededRandom("random effects");
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let own = 0;
  let drawn = 0;
  for (let trial = 0; trial < 400; trial++) {
    const truths = Array.from({ length: 6 }, () => 100 + 5 * gauss());
    const errors = truths.map((_, index) => 4 + 4 * index);
    const values = truths.map((truth, index) => truth + errors[index]! * gauss());
    const all = randomEffects(values, errors);
    values.forEach((value, index) => {
      own += (value - truths[index]!) ** 2;
      drawn += (shrunk(value, errors[index]!, all).mean - truths[index]!) ** 2;
    });
  }
  expect(drawn).toBeLessThan(0.5 * own);
});
