import { expect, test } from "vitest";
import { besideRatios } from "../../../src/report/kit/beside-ratios.ts";
import { formatRatio } from "../../../src/report/kit/format.ts";

const NATIVE = {
  value: 680,
  low: 678,
  high: 686,
  n: 11,
  unit: "ns",
  short: "680 ns",
  text: "680 ns [678, 686] n=11",
} as const;

function ratio(over: { low: number; high: number }) {
  const figures = { value: 1.13, low: 1.04, high: 1.38, n: 11, baseline: "native" };
  const values = { agree: false, of: { low: 704, high: 939 }, over };
  return { of: "runc", ratio: { ...figures, values, text: formatRatio(figures) } };
}

test("a side that keeps its median beside a ratio keeps its interval", () => {
  expect(besideRatios(NATIVE, "native", [ratio({ low: 680, high: 680 })])).toEqual(NATIVE);
});

test("a side that needs a range is shown as one", () => {
  expect(besideRatios(NATIVE, "native", [ratio({ low: 640, high: 910 })]).text).toBe("640…910 ns n=11");
});
