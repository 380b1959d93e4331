import { expect, test } from "vitest";
import { optimalRepetitions } from "../../src/stats/optimal-repetitions.ts";
import { roundsNeeded } from "../../src/stats/rounds-needed.ts";
import { signedRankTest } from "../../src/stats/signed-rank.ts";
import { varianceComponents } from "../../src/stats/variance-components.ts";

test("unbalanced data and lone repetitions are refused", () => {
  expect(() =>
    varianceComponents([
      [1, 2],
      [1, 2, 3],
    ]),
  ).toThrow("equally many");
  expect(() => varianceComponents([[1], [2]])).toThrow("at least 2");
  expect(() => varianceComponents([])).toThrow("at least 2");
  expect(() => varianceComponents([1, Number.NaN])).toThrow("finite");
});

test("one level is the t interval of a mean", () => {
  const result = varianceComponents([1, 2, 3, 4, 5]);
  expect(result.components).toEqual([2.5]);
  expect(result.halfWidth).toBeCloseTo(2.776445105 * Math.sqrt(0.5), 8);
});

test("a level that adds no noise is not repeated", () => {
  const quietLaunches = [
    [5, 5, 5],
    [7, 7, 7],
  ];
  expect(optimalRepetitions(quietLaunches, [1, 100])).toEqual({ exact: [1], repetitions: [1] });
});

test("where launches add no noise, iterations stay as in the trial", () => {
  const noisyIterations = [
    [1, 9],
    [9, 1],
  ];
  expect(optimalRepetitions(noisyIterations, [1, 100])).toEqual({ exact: [null], repetitions: [2] });
});

test("every level needs a cost", () => {
  expect(() =>
    optimalRepetitions(
      [
        [1, 2],
        [3, 4],
      ],
      [1],
    ),
  ).toThrow("2 levels");
  expect(() =>
    optimalRepetitions(
      [
        [1, 2],
        [3, 4],
      ],
      [1, 0],
    ),
  ).toThrow("2 levels");
});

test("with the rounds needed the clearest cell passes Holm, with one less it cannot", () => {
  for (const cells of [1, 5, 24, 48, 500]) {
    const rounds = roundsNeeded(cells);
    const clear = (n: number) => signedRankTest(Array.from({ length: n }, (_, index) => index + 1)).p;
    expect(clear(rounds) * cells).toBeLessThanOrEqual(0.05);
    expect(clear(rounds - 1) * cells).toBeGreaterThan(0.05);
  }
});

test("no cells, or no alpha, are refused", () => {
  expect(() => roundsNeeded(0)).toThrow("at least 1");
  expect(() => roundsNeeded(1, 0)).toThrow("between 0 and 1");
});
