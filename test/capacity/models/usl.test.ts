import { describe, expect, test } from "vitest";
import { fitUsl, uslPeak, uslRate } from "../../../src/capacity/models/usl.ts";

/** SPEC SDM benchmark on a Sun SPARCcenter 2000, 1991: data set `specsdm91` of R's package usl. */
const SPEC_SDM91 = [
  { n: 1, ratePerS: 64.9 },
  { n: 18, ratePerS: 995.9 },
  { n: 36, ratePerS: 1652.4 },
  { n: 72, ratePerS: 1853.2 },
  { n: 108, ratePerS: 1828.9 },
  { n: 144, ratePerS: 1775.0 },
  { n: 216, ratePerS: 1702.2 },
];

describe("fitUsl", () => {
  test("gives what R's usl gives for specsdm91", () => {
    const usl = fitUsl(SPEC_SDM91);
    expect(usl.alpha).toBeCloseTo(0.0277285, 7);
    expect(usl.beta).toBeCloseTo(0.0001044, 7);
    expect(usl.gamma).toBeCloseTo(89.995, 3);
    expect(uslPeak(usl)).toBeCloseTo(96.5, 1);
  });

  test("finds the parameters of exact points", () => {
    const made = { alpha: 0.05, beta: 0.002, gamma: 12 };
    const usl = fitUsl([1, 2, 4, 8, 16, 32].map((n) => ({ n, ratePerS: uslRate(made, n) })));
    for (const name of ["alpha", "beta", "gamma"] as const) expect(usl[name]).toBeCloseTo(made[name], 8);
  });

  test("holds a loss at 0 that would come out negative, and has no peak then", () => {
    const usl = fitUsl([1, 2, 4, 8, 16, 32].map((n) => ({ n, ratePerS: 3 * n * (1 + n / 1000) })));
    expect(usl).toMatchObject({ alpha: 0, beta: 0 });
    expect(uslPeak(usl)).toBeNull();
  });
});
