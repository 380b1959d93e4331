import { expect, test } from "vitest";
import { powerText } from "../../../src/report/comparison/words.ts";
import { comparisonFixture } from "./fixture.ts";

const unclear = {
  ...comparisonFixture().metrics.find(({ verdict }) => verdict === "unclear")!,
  delta: 0.05,
  offset: 0,
  n: 12,
  pWorse: 0.021,
  pBetter: 1,
};
const saying = (ratio: number, ciLow: number | null, ciHigh: number | null) =>
  powerText({ ...unclear, effect: { ratio, ciLow, ciHigh } });

test.each([
  [1.169, 1.062, 1.332, "beyond the limit, but among all metrics it could be chance (p = 0.021)"],
  [1.05, 1.02, 1.09, "it costs more, perhaps less than the limit allows"],
  [1.03, 0.98, 1.09, "its interval holds a loss beyond the limit, and none"],
  [1.0, 0.9, 1.1, "its interval holds a loss beyond the limit and a gain as well"],
  [0.95, 0.91, 0.99, "it costs less, perhaps by less than the limit"],
  [1.01, null, null, "12 launches give no interval"],
])("an unclear %f [%f, %f] says why", (ratio, low, high, reason) => {
  expect(saying(ratio, low, high).split("; ")[0]).toBe(reason);
});

test("an unclear metric has its price: rounds, and their time", () => {
  expect(powerText({ ...unclear, roundsToSettle: 41, settleNs: 130e9 })).toMatch(
    /41 rounds would settle it \(about 2 min 10 s more\)$/,
  );
  expect(powerText({ ...unclear, roundsToSettle: null, settleNs: null })).toMatch(
    /out of reach: use a quieter host/,
  );
});
