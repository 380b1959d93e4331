import { expect, test } from "vitest";
import { duration, durationTimes } from "../../../src/cli/options/duration-option.ts";
import { roundCount, wholeNumber } from "../../../src/cli/options/number-option.ts";
import { share, shareOption } from "../../../src/cli/options/share-option.ts";

test("times are written with their unit", () => {
  expect(["30s", "10m", "1h30m", "0.5s"].map(duration)).toEqual([30_000, 600_000, 5_400_000, 500]);
  for (const wrong of ["10", "", "m", "10 m", "0s", "5d", "-1s"])
    expect(() => duration(wrong)).toThrow("30s");
});

test("a time that a timer can't wait for is refused: it would end at once", () => {
  expect(() => duration("600h")).toThrow("596h");
  expect(duration("24h")).toBe(86_400_000);
  expect(() => durationTimes(10)("60h")).toThrow("at most 59h");
});

test("a share is a percentage or below 1; a bare 5 could be either and is refused", () => {
  expect(["5%", "2.5 %", "0.05", "0"].map((text) => share(text, 1))).toEqual([0.05, 0.025, 0.05, 0]);
  expect(() => share("5", 1)).toThrow("5 could be 5% or 5 times the whole: write 5% or 0.05.");
  expect(() => share("", 1)).toThrow("It is not a share");
  expect(() => share("120%", 1)).toThrow("120% is more than 100%.");
});

test("a share's default is shown in words that it takes", () => {
  const option = shareOption("--max-uncovered <share>", "refuse", { most: 1, usual: 0.1 });
  expect([option.defaultValue, option.defaultValueDescription]).toEqual([0.1, "10%"]);
});

test("a count is written in digits", () => {
  expect(["1", " 12 "].map(wholeNumber)).toEqual([1, 12]);
  for (const wrong of ["0", "-1", "1.5", "1e3", "0x10", "", "ten", "99999999999999999999"])
    expect(() => wholeNumber(wrong)).toThrow("whole number");
});

test("rounds are refused where the configuration would refuse them", () => {
  expect(roundCount("100000")).toBe(100_000);
  expect(() => roundCount("100001")).toThrow("100000 at most");
});
