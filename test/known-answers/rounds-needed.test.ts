import { expect, test } from "vitest";
import { roundsNeeded } from "../../src/stats/rounds-needed.ts";

test.each([
  [1, 6],
  [24, 10],
  [48, 11],
])("%i cells need %i rounds", (cells, rounds) => {
  expect(roundsNeeded(cells)).toBe(rounds);
});
