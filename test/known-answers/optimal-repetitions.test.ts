import { expect, test } from "vitest";
import { optimalRepetitions } from "../../src/stats/optimal-repetitions.ts";

test("two levels to repeat", () => {
  const trial = [
    [
      [3, 4, 3],
      [1.2, 3.1, 3],
    ],
    [
      [0.2, 1, 1.5],
      [1, 2, 3],
    ],
  ];
  const result = optimalRepetitions(trial, [3, 20, 100]);
  expect(result.exact[0]).toBeCloseTo(4.2937, 4);
  expect(result.exact[1]).toBeCloseTo(1.3023, 4);
  expect(result.repetitions).toEqual([5, 2]);
});
