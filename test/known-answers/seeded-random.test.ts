import { expect, test } from "vitest";
import { xoshiro128StarStar } from "../../src/plan/seeded-random.ts";

// Output of the authors' C program from state 1, 2, 3, 4.
test("xoshiro128** gives the reference's numbers", () => {
  const next = xoshiro128StarStar([1, 2, 3, 4]);
  expect(Array.from({ length: 8 }, next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
  ]);
});
