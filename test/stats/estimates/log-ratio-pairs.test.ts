import { expect, test } from "vitest";
import { logRatioPairs } from "../../../src/stats/estimates/log-ratio-pairs.ts";

const rounds = (...values: [number, number][]) => new Map(values);

test("only rounds that both sides have are paired", () => {
  const pairs = logRatioPairs(rounds([2, 20], [0, 10], [5, 1]), rounds([0, 5], [2, 5], [7, 1]), "lower");
  expect(pairs).toEqual({
    logRatios: [Math.log(10) - Math.log(5), Math.log(20) - Math.log(5)],
    rounds: [0, 2],
    nonPositive: false,
  });
});

test("half the throughput costs twice", () => {
  const { logRatios } = logRatioPairs(rounds([0, 50]), rounds([0, 100]), "higher");
  expect(Math.exp(logRatios[0]!)).toBeCloseTo(2, 12);
});

test("zero on either side has no ratio", () => {
  const expected = { logRatios: [], rounds: [], nonPositive: true };
  expect(logRatioPairs(rounds([0, 0]), rounds([0, 1]), "lower")).toEqual(expected);
  expect(logRatioPairs(rounds([0, 1]), rounds([0, -1]), "lower")).toEqual(expected);
});

test("a zero in a round without partner does no harm", () => {
  expect(logRatioPairs(rounds([0, 1], [1, 0]), rounds([0, 1]), "lower").nonPositive).toBe(false);
});
