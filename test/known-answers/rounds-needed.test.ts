import { expect, test } from "vitest";
import { roundsNeeded } from "../../src/stats/power/rounds-needed.ts";

test.each([
  [0.05, 5],
  [0.01, 7],
  [0.005, 8],
])("at %d, %i rounds are needed", (alpha, rounds) => {
  expect(roundsNeeded(alpha)).toBe(rounds);
});
