import { expect, test } from "vitest";
import { calibrate, type MeasuredProgram } from "../../src/model/calibrate.ts";
import type { CostModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { predictTime } from "../../src/model/predict-time.ts";
import type { ProgramDemand } from "../../src/model/program-demand.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import type { Demand } from "../../src/model/terms.ts";
import { leaveOneOut } from "../../src/model/validate.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { many } from "../stats/random-numbers.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const native = madeObservations({ config: NATIVE, costs: {} });
const systrap = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native)!;
const model: CostModel = {
  runId: "made",
  fingerprint: "made",
  toolVersion: "0.1.0",
  configurations: [systrap],
  unfitted: [],
};

const NATIVE_NS = 100e6;
const demandOf = (demand: Demand): ProgramDemand => ({ demand, overlap: 1, unknown: [], unknownShare: 0 });

/** Programs whose traps cost `trapFactor` times what single operations say. */
function programs(trapFactor: number): MeasuredProgram[] {
  const random = seededRandom("programs");
  return many(12, (index) => {
    const traps = 2000 + 40_000 * random();
    const faults = 500 + 5000 * random();
    const slowdown = 1 + (traps * COSTS.trap * trapFactor + faults * COSTS.fault) / NATIVE_NS;
    const time = { nativeNs: NATIVE_NS, ns: NATIVE_NS * slowdown, slowdown, low: slowdown, high: slowdown };
    return {
      program: `program ${index}`,
      demand: demandOf({ trap: traps, fault: faults }),
      cells: new Map([[systrap.configuration, time]]),
    };
  });
}

test("a program costs its native time and what its terms add", () => {
  const found = predictTime(NATIVE_NS, demandOf({ trap: 10_000, fault: 1000 }), systrap, NO_CORRECTIONS);
  expect(found.slowdown).toBeCloseTo(1 + (10_000 * 2700 + 1000 * 1100) / 1e8, 6);
  expect(found.parts.map(({ term }) => term)).toEqual(["trap", "fault"]);
});

test("a term without a cost here is named", () => {
  const { absent: _, ...rest } = systrap;
  const without = { ...rest, terms: rest.terms.filter(({ term }) => term !== "message") };
  expect(predictTime(NATIVE_NS, demandOf({ message: 3 }), without, NO_CORRECTIONS).missing).toEqual([
    "message",
  ]);
});

test("programs correct what single operations get wrong, and leave alone what they get right", () => {
  const corrections = calibrate(model, programs(1.5)).get("runsc/systrap")!;
  expect(corrections.interception).toBeCloseTo(1.5, 1);
  expect(corrections.memory).toBeCloseTo(1, 1);
  expect(corrections.network).toBe(1);
});

test("without programs nothing is corrected", () => {
  expect(calibrate(model, []).get("runsc/systrap")).toEqual(NO_CORRECTIONS);
});

test("a program that is left out is predicted by the others", () => {
  const cells = leaveOneOut(model, programs(1.5));
  expect(cells).toHaveLength(12);
  for (const { predicted, measured } of cells) expect(Math.abs(predicted / measured - 1)).toBeLessThan(0.05);
});

test("the naive rules are judged on the same cells", () => {
  const [first] = leaveOneOut(model, programs(1));
  expect(first!.naive.getpid).toBeGreaterThan(1);
  expect(first!.naive.average).toBeGreaterThan(1);
  expect(first!.naive.callCount).toBeGreaterThan(1);
});
