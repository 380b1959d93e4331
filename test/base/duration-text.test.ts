import { expect, test } from "vitest";
import { durationText } from "../../src/base/duration-text.ts";

test.each([
  [0, "0 ms"],
  [850.4, "850 ms"],
  [999.7, "1 s"],
  [12_000, "12 s"],
  [59_600, "1 min"],
  [200_000, "3 min 20 s"],
  [3_599_900, "1 h"],
  [7_500_000, "2 h 5 min"],
])("%d ms is %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
