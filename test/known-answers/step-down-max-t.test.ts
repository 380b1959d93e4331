import { expect, test } from "vitest";
import { stepDownMaxT } from "../../src/stats/families/step-down-max-t.ts";

const up = (...logRatios: number[]) => ({ logRatios });

test("of the 2^n flips of one metric only the one that was seen is as far out", () => {
  expect(stepDownMaxT([up(1, 2, 3, 4, 5, 6, 7)], 0.05)).toMatchObject({ up: [1 / 128], down: [1] });
});

test("whole rounds are flipped: a copy of a metric costs nothing", () => {
  const metric = up(1, 2, 3, 4, 5, 6, 7);
  expect(stepDownMaxT([metric, metric, metric], 0.05).up).toEqual([1 / 128, 1 / 128, 1 / 128]);
});

test("counted by hand: 8 flips of 3 rounds, two metrics of which one points the other way in one round", () => {
  // Under the flip of round 3 the second metric is all positive, and stands out as far as the first did. By itself it
  // does so at least as far as seen in that flip, and in the three that leave one round of it negative.
  expect(stepDownMaxT([up(1, 1, 1), up(1, 1, -1)], 0.5).up).toEqual([2 / 8, 4 / 8]);
});

test("rounds that a metric lacks are flipped for the others", () => {
  const lacking = { logRatios: [1, 2, 3], rounds: [0, 2, 4] };
  const { up: p } = stepDownMaxT([lacking, up(1, 2, 3, 4, 5)], 0.05);
  expect(p[1]).toBe(1 / 32);
  expect(p[0]).toBeGreaterThanOrEqual(1 / 8);
});
