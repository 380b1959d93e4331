import { describe, expect, test } from "vitest";
import {
  formatEstimate,
  formatFactor,
  formatFactorInterval,
  formatRatio,
  formatShare,
  formatValue,
} from "../../../src/report/kit/format.ts";

describe("formatValue", () => {
  test.each([
    [412.3, "ns", "412 ns"],
    [9.412, "ns", "9.41 ns"],
    [1_350, "ns", "1.35 µs"],
    [71_234_567, "ns", "71.2 ms"],
    [2_500_000_000, "ns", "2.50 s"],
    [40_000_000, "bytes", "38.1 MiB"],
    [512, "bytes", "512 B"],
    [3_300_000_000, "bytes/s", "3.07 GiB/s"],
    [41_000, "1/s", "41 k/s"],
    [812, "1/s", "812/s"],
    [40_827, "count", "40,827"],
    [0, "count", "0"],
  ] as const)("%s %s is %s", (value, unit, text) => {
    expect(formatValue(value, unit)).toBe(text);
  });
});

test("an estimate shows its interval in the same unit, and n", () => {
  const text = formatEstimate({ value: 1_350, low: 990, high: 1_420, n: 15, unit: "ns" });
  expect(text).toBe("1.35 µs [0.99, 1.42] n=15");
});

test("an estimate of few launches says what it needs", () => {
  const text = formatEstimate({ value: 412, low: null, high: null, n: 3, unit: "ns" });
  expect(text).toBe("412 ns [needs 6 launches] n=3");
});

test("a ratio of few rounds says what it needs", () => {
  const text = formatRatio({ value: 8.2, low: null, high: null, n: 5, baseline: "native" });
  expect(text).toBe("8.20x [needs 6 rounds] n=5");
});

test("a ratio has as many decimals as its size deserves", () => {
  expect(formatRatio({ value: 8.21, low: 7.9, high: 8.6, n: 15, baseline: "native" })).toBe(
    "8.21x [7.90, 8.60] n=15",
  );
  expect(formatRatio({ value: 135.2, low: 130.4, high: 141, n: 15, baseline: "native" })).toBe(
    "135x [130, 141] n=15",
  );
});

test("a short factor keeps two decimals only around one", () => {
  expect([0.46, 0.99, 1, 1.994, 2, 8.21, 12.7, 173].map(formatFactor)).toEqual([
    "0.46",
    "0.99",
    "1.00",
    "1.99",
    "2.0",
    "8.2",
    "13",
    "173",
  ]);
  expect(formatFactorInterval({ value: 8.21, low: 7.94, high: 8.6 })).toBe("[7.9, 8.6]");
});

test("a small share keeps a decimal", () => {
  expect([0.0204, 0.71].map(formatShare)).toEqual(["2.0 %", "71 %"]);
});
