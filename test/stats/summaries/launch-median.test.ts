import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { launchMedian } from "../../../src/stats/summaries/launch-median.ts";
import { many, normal } from "../random-numbers.ts";
import { opSample } from "../records.ts";

function noisy(levels: readonly number[], seed: string): number[] {
  const random = seededRandom(seed);
  return levels.map((level) => level * Math.exp(0.02 * normal(random)));
}

test("a slow start is left out", () => {
  const batches = noisy(
    many(60, (index) => (index < 15 ? 300 : 100)),
    "warm-up",
  );
  const { value, steady } = launchMedian(opSample("getpid", { batches, median: 1 }));
  expect(steady).toBe(true);
  expect(value / 100).toBeCloseTo(1, 2);
});

test("a long series is condensed, not cut", () => {
  const batches = noisy(
    many(1000, (index) => (index < 300 ? 300 : 100)),
    "long",
  );
  expect(launchMedian(opSample("getpid", { batches })).value / 100).toBeCloseTo(1, 2);
});

test("a level that is reached only near the end is no steady state", () => {
  const batches = noisy(
    many(60, (index) => (index < 45 ? 100 : 300)),
    "late",
  );
  const { value, steady } = launchMedian(opSample("getpid", { batches }));
  expect(steady).toBe(false);
  expect(value / 100).toBeLessThan(1.1);
});

test("steady noise of 5 % is hardly ever called unsteady", () => {
  const random = seededRandom("steady");
  const unsteady = many(300, () => many(60, () => 100 * Math.exp(0.05 * normal(random)))).filter(
    (batches) => !launchMedian(opSample("getpid", { batches })).steady,
  );
  expect(unsteady.length).toBeLessThanOrEqual(2);
});

test("few batches leave the word to the program", () => {
  expect(launchMedian(opSample("getpid", { batches: [1, 2, 3], median: 42 }))).toMatchObject({
    value: 42,
    steady: true,
  });
  expect(launchMedian(opSample("getpid", { batches: [], median: 42 })).value).toBe(42);
});

test("equal batches are steady", () => {
  expect(launchMedian(opSample("getpid", { batches: Array(30).fill(5) }))).toMatchObject({
    value: 5,
    steady: true,
  });
});
