import { expect, test } from "vitest";
import { stepDownMaxT } from "../../src/stats/families/step-down-max-t.ts";
import { optimalRepetitions } from "../../src/stats/optimal-repetitions.ts";
import { roundsNeeded } from "../../src/stats/power/rounds-needed.ts";
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

test("with the rounds needed the clearest metric is called, with one less it cannot be", () => {
  for (const alpha of [0.05, 0.01, 0.005]) {
    const clear = (n: number) => stepDownMaxT([{ logRatios: Array<number>(n).fill(1) }], alpha).up[0]!;
    expect(clear(roundsNeeded(alpha))).toBeLessThanOrEqual(alpha);
    expect(clear(roundsNeeded(alpha) - 1)).toBeGreaterThan(alpha);
  }
});

test("no alpha is refused", () => {
  expect(() => roundsNeeded(0)).toThrow("between 0 and 1");
});
