import { expect, test } from "vitest";
import { fisherExact } from "../../../src/stats/tests/fisher-exact.ts";

test("Fisher's tea: 3 of 4 cups right against 1 of 4 is 17/70", () => {
  expect(fisherExact({ count: 1, of: 4 }, { count: 3, of: 4 })).toBeCloseTo(17 / 70, 12);
  expect(fisherExact({ count: 0, of: 4 }, { count: 4, of: 4 })).toBeCloseTo(1 / 70, 12);
});

test("what is rarer, never happened, or was never tried proves nothing", () => {
  expect(fisherExact({ count: 4, of: 4 }, { count: 0, of: 4 })).toBe(1);
  expect(fisherExact({ count: 0, of: 9 }, { count: 0, of: 9 })).toBeCloseTo(1, 12);
  expect(fisherExact({ count: 0, of: 0 }, { count: 3, of: 3 })).toBeCloseTo(1, 12);
});
