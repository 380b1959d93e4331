import { expect, test } from "vitest";
import { mannWhitney } from "../../src/stats/tests/mann-whitney.ts";

// golang.org/x/perf and go-moremath, recomputed; the last tied one corrected (they expect 0).
test.each([
  { x: [2, 1, 3, 5], y: [12, 11, 13, 15], u: 0, p: 0.0285714286 },
  { x: [2, 1, 3, 5], y: [0, 4, 6, 7], u: 5, p: 0.4857142857 },
  { x: [2, 1, 3, 5], y: [2, 2, 2, 2], u: 10, p: 0.7142857143 },
  { x: [2, 1, 3, 5], y: [1, 1, 1, 1, 1], u: 17.5, p: 0.0952380952 },
])("exact: $x against $y", ({ x, y, u, p }) => {
  const result = mannWhitney(x, y);
  expect(result.method).toBe("exact");
  expect(result.u).toBe(u);
  expect(result.p).toBeCloseTo(p, 9);
});

test("normal approximation for large samples", () => {
  const x = Array.from({ length: 500 }, (_, index) => 2 * index);
  const y = Array.from({ length: 600 }, (_, index) => 2 * index - 41);
  const result = mannWhitney(x, y);
  expect(result.method).toBe("normal");
  expect(result.u).toBe(135250);
  expect(result.p).toBeCloseTo(0.0049335361, 9);
});
