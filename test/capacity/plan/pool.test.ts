import { expect, test } from "vitest";
import { poolSize } from "../../../src/capacity/plan/pool.ts";

test.each([
  // By the Poisson distribution: P(X <= 4) = 0.947, P(X <= 5) = 0.983 for a mean of 2; one more than those under way.
  [10, 0.2, 0.95, 6],
  [10, 0.2, 0.94, 5],
  [0.001, 0.1, 0.99, 1],
])("%d/s with starts of %d s need for %d a pool of %d", (rate, start, hits, size) => {
  expect(poolSize(rate, start, hits)).toBe(size);
});

test("a mean whose first term underflows has a size", () => {
  expect(poolSize(10_000, 1, 0.99)).toBe(10_400);
});
