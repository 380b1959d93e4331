import { expect, test } from "vitest";
import { signFlipTest } from "../../src/stats/sign-flip.ts";

test("no differences say nothing", () => {
  expect(signFlipTest([])).toBe(1);
});

test("zeros say nothing", () => {
  expect(signFlipTest(Array(20).fill(0))).toBe(1);
});

test("above 16 differences p is never 0, and the seed decides it", () => {
  const differences = Array.from({ length: 40 }, (_, index) => 1 + index);
  expect(signFlipTest(differences, "greater")).toBe(1 / 10_000);
  const noise = differences.map((difference, index) => (index % 3 === 0 ? -difference : difference));
  expect(signFlipTest(noise, "two-sided", "a")).toBe(signFlipTest(noise, "two-sided", "a"));
  expect(signFlipTest(noise, "two-sided", "a")).not.toBe(signFlipTest(noise, "two-sided", "b"));
});

test("one-sided tests look one way", () => {
  expect(signFlipTest([1, 2, 3, 4], "greater")).toBe(1 / 16);
  expect(signFlipTest([1, 2, 3, 4], "less")).toBe(1);
});

test("infinity is refused", () => {
  expect(() => signFlipTest([1, Number.POSITIVE_INFINITY])).toThrow("finite");
});
