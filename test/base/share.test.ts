import { expect, test } from "vitest";
import { ANY_SHARE, readShare, shareText } from "../../src/base/share.ts";

const mistake = (given: string | number, most?: number) => {
  const read = readShare(given, most);
  return "mistake" in read ? read.mistake : read.share;
};

test("a percentage and a share below 1 are read alike", () => {
  expect(["10%", "10 %", " 0.1 ", 0.1, ".1", "1e-1"].map((given) => mistake(given))).toEqual(
    Array(6).fill(0.1),
  );
  expect([mistake("0"), mistake("0%"), mistake(0), mistake("0.5%"), mistake("100%")]).toEqual([
    0, 0, 0, 0.005, 1,
  ]);
});

test("a bare number of 1 or more is refused with both readings", () => {
  expect(mistake("10", ANY_SHARE)).toBe("could be 10% or 10 times the whole: write 10% or 0.1");
  expect(mistake(2.5)).toBe("could be 2.5% or 2.5 times the whole: write 2.5% or 0.025");
  expect(mistake("1")).toBe("could be 1% or all of it: write 1% or 100%");
});

test("what is no share is refused", () => {
  for (const given of [
    "",
    " ",
    "%",
    "much",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "5 percent",
    "0x1",
    "1,5%",
  ])
    expect(mistake(given)).toContain("is not a share");
  expect(mistake("-1%")).toContain("is negative");
  expect(mistake(-0.1)).toContain("is negative");
});

test("more than 100 % is refused where it means nothing", () => {
  expect(mistake("150%")).toBe("is more than 100%");
  expect(mistake("150%", ANY_SHARE)).toBe(1.5);
});

test("what is shown can be typed in again", () => {
  for (const share of [0.1, 0.07, 0.005, 0.29, 1 / 3, 1]) {
    expect(mistake(shareText(share))).toBeCloseTo(share, 12);
  }
  expect([shareText(0.1), shareText(0.07)]).toEqual(["10%", "7%"]);
});
