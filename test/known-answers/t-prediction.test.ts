import { expect, test } from "vitest";
import { tPrediction } from "../../src/stats/estimates/t-prediction.ts";

test("band for the next observation after 25", () => {
  const band = tPrediction({ mean: 100, standardDeviation: 10, n: 25 }, 0.977);
  expect(band?.low).toBeCloseTo(78.5390965, 6);
  expect(band?.high).toBeCloseTo(121.4609035, 6);
});
