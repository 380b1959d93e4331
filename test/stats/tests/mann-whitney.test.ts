import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { mannWhitney } from "../../../src/stats/tests/mann-whitney.ts";
import { many, normal } from "../random-numbers.ts";

test("an empty sample says nothing", () => {
  expect(mannWhitney([], [1, 2]).p).toBe(1);
  expect(mannWhitney([], []).p).toBe(1);
});

test("equal values say nothing, few or many", () => {
  expect(mannWhitney([1, 1, 1], [1, 1, 1, 1]).p).toBe(1);
  expect(mannWhitney(Array(60).fill(1), Array(60).fill(1))).toMatchObject({ p: 1, method: "normal" });
});

test("swapping the samples keeps p", () => {
  const x = [1, 4, 4, 9];
  const y = [2, 4, 7, 7, 8];
  expect(mannWhitney(x, y).p).toBeCloseTo(mannWhitney(y, x).p, 12);
});

test("exact and normal agree where they meet", () => {
  const random = seededRandom("meet");
  const x = many(50, () => normal(random));
  const y = many(50, () => normal(random) + 0.4);
  const exact = mannWhitney(x, y);
  const approximate = mannWhitney([...x, 100, -100], [...y, 101, -101]);
  expect(exact.method).toBe("exact");
  expect(approximate.method).toBe("normal");
  expect(Math.abs(exact.p - approximate.p)).toBeLessThan(0.02);
});

test("NaN is refused", () => {
  expect(() => mannWhitney([Number.NaN], [1])).toThrow("finite");
});
