import { expect, test } from "vitest";
import { bootstrapLogRatio } from "../../src/stats/hierarchical-bootstrap.ts";

const launches = [
  [10, 11, 10],
  [12, 11, 13],
  [9, 10, 10],
];

test("the same seed gives the same interval, another one nearly the same", () => {
  const first = bootstrapLogRatio(launches, launches, { seed: "a" });
  expect(bootstrapLogRatio(launches, launches, { seed: "a" })).toEqual(first);
  const other = bootstrapLogRatio(launches, launches, { seed: "b" });
  expect(other.low).not.toBe(first.low);
  expect(other.low).toBeCloseTo(first.low, 1);
});

test("equal runs have ratio 1 inside the interval", () => {
  const { estimate, low, high } = bootstrapLogRatio(launches, launches);
  expect(estimate).toBe(0);
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(0);
});

test("too few launches, empty ones and zeros are refused", () => {
  expect(() => bootstrapLogRatio([[1]], launches)).toThrow("at least 2");
  expect(() => bootstrapLogRatio(launches, [[1], []])).toThrow("without figures");
  expect(() => bootstrapLogRatio(launches, [[1], [0]])).toThrow("positive");
});
