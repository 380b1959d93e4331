import { describe, expect, test } from "vitest";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { predictTime } from "../../src/model/predict-time.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const native = madeObservations({ config: NATIVE, costs: {} });
const fitted = (cpus: number | null) =>
  fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native, cpus)!;
const NS = 1e9;
const extraNs = (cpus: number | null, overlap: number) =>
  NS * (predictTime(NS, { demand: { trap: 100_000 }, overlap }, fitted(cpus), NO_CORRECTIONS).slowdown - 1);
const ALONE = 100_000 * COSTS.trap;

describe("threads share the cost of their calls", () => {
  test("where there are CPUs to serve them all", () => {
    expect(extraNs(16, 2)).toBeCloseTo(ALONE / 2, 0);
  });

  test("without bound where the host's CPUs are not known", () => {
    expect(fitted(null).mostOverlap).toBeNull();
    expect(extraNs(null, 4)).toBeCloseTo(ALONE / 4, 0);
  });
});

describe("threads beyond what the CPUs serve: this sandbox keeps 1.8 busy for each", () => {
  test("share no further, and their calls cost as much as after a pause", () => {
    const served = 2 / 1.8;
    expect(fitted(2).mostOverlap).toBeCloseTo(served, 9);
    const crowded = ((2 - served) / 2) * 100_000 * COSTS["paused-trap"];
    expect(extraNs(2, 2)).toBeCloseTo((ALONE + crowded) / served, 0);
  });

  test("one thread always has a CPU", () => {
    expect(fitted(1).mostOverlap).toBe(1);
    expect(extraNs(1, 1)).toBeCloseTo(ALONE, 0);
    expect(extraNs(1, 4)).toBeCloseTo(ALONE + 0.75 * 100_000 * COSTS["paused-trap"], 0);
  });
});
