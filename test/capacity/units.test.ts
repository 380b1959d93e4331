import { describe, expect, test } from "vitest";
import { readBytes, readRate, readService, readSlo, readTime } from "../../src/capacity/units.ts";

const mistake = (reading: object) => ("mistake" in reading ? reading.mistake : null);

describe("quantities", () => {
  test("are read with their unit", () => {
    expect(readTime("800ms")).toEqual({ value: 0.8 });
    expect(readRate("1200/min")).toEqual({ value: 20 });
    expect(readBytes("64Mi")).toEqual({ value: 64 * 2 ** 20 });
    expect(readBytes("1.5GiB")).toEqual({ value: 1.5 * 2 ** 30 });
    expect(readSlo("p99<1500ms")).toEqual({ value: { quantile: 0.99, limitS: 1.5 } });
    expect(readService("lognormal(80ms, cv=0.5)")).toEqual({
      value: { kind: "lognormal", meanS: 0.08, cv: 0.5 },
    });
  });

  test.each([
    [readTime("800"), "has no unit: write 800ms or 800s"],
    [readTime("0ms"), "is no time at all: it has to be above 0"],
    [readTime("20/s"), "is not a time: write 800ms, 1.5s or 2min"],
    [readTime("5Mi"), "is not a time: write 800ms, 1.5s or 2min"],
    [readRate("20"), "has no unit: write 20/s, 20/min or 20/h"],
    [readRate("0/s"), "is no traffic: it has to be above 0"],
    [readRate("20/ms"), "is per ms: a rate is per s, min or h"],
    [readRate("9999999/s"), "is more than 1,000,000/s"],
    [readBytes("64"), "has no unit: write 64Mi, 64Gi or 64M"],
    [readSlo("p99<1500"), "ends in 1500, which has no unit: write 1500ms or 1500s"],
    [readSlo("p100<1s"), "is not a goal: write p99<1500ms"],
    [readSlo("p20<1s"), "asks for p20: what can be planned is p50 to p99.9"],
    [
      readService("gauss(1s)"),
      "is not a distribution: write 800ms, exp(800ms), lognormal(800ms,cv=0.5) or hyper(800ms,cv=2)",
    ],
    [readService("exp(20/s)"), "begins with 20/s, which is not a time: write 800ms, 1.5s or 2min"],
  ])("that say something else are refused: %j", (reading, expected) => {
    expect(mistake(reading)).toBe(expected);
  });
});
