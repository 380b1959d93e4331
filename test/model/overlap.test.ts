import { describe, expect, test } from "vitest";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { predictTime } from "../../src/model/predict-time.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const native = madeObservations({ config: NATIVE, costs: {} });
const fitted = (cpus: number | null) =>
  fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native, cpus)!;
const extraNs = (cpus: number | null, overlap: number) =>
  1e9 * (predictTime(1e9, { demand: { trap: 100_000 }, overlap }, fitted(cpus), NO_CORRECTIONS).slowdown - 1);

describe("threads share the cost of their calls", () => {
  test("as far as there are CPUs to serve them: this sandbox keeps 1.8 busy for each", () => {
    expect(fitted(2).mostOverlap).toBeCloseTo(2 / 1.8, 9);
    expect(extraNs(2, 2)).toBeCloseTo((100_000 * COSTS.trap) / (2 / 1.8), 0);
    expect(extraNs(16, 2)).toBeCloseTo((100_000 * COSTS.trap) / 2, 0);
  });

  test("one thread always has one", () => {
    expect(fitted(1).mostOverlap).toBe(1);
    expect(extraNs(1, 4)).toBeCloseTo(100_000 * COSTS.trap, 0);
  });

  test("without bound where the host's CPUs are not known", () => {
    expect(fitted(null).mostOverlap).toBeNull();
    expect(extraNs(null, 4)).toBeCloseTo((100_000 * COSTS.trap) / 4, 0);
  });
});
