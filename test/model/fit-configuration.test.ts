import { describe, expect, test } from "vitest";
import type { ConfigurationModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { TERM_NAMES, type TermName } from "../../src/model/terms.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";

const native = madeObservations({ config: NATIVE, costs: {} });
const costOf = (model: ConfigurationModel | null, term: TermName) =>
  model?.terms.find((cost) => cost.term === term);

describe("costs of terms", () => {
  test("are found exactly where operations are the sum of their terms", () => {
    const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native);
    for (const term of TERM_NAMES) {
      expect(costOf(model, term)?.costNs, term).toBeCloseTo(COSTS[term], 4);
    }
    expect(model).toMatchObject({ absent: [], merged: [], rounds: 11 });
  });

  test("hold against one operation that goes its own way", () => {
    const own = madeObservations({ config: SYSTRAP, costs: COSTS, spoil: { "read-4k-zero": 8 } });
    const model = fitConfiguration(own, native);
    expect(costOf(model, "trap")!.costNs / COSTS.trap).toBeCloseTo(1, 1);
    expect(costOf(model, "file-io")!.costNs / COSTS["file-io"]).toBeCloseTo(1, 1);
  });

  test("have intervals that hold the truth where rounds are noisy", () => {
    const noisy = { noise: 0.1, rounds: 15 };
    const model = fitConfiguration(
      madeObservations({ config: SYSTRAP, costs: COSTS, ...noisy }),
      madeObservations({ config: NATIVE, costs: {}, ...noisy }),
    );
    const held = TERM_NAMES.filter((term) => {
      const { lowNs, highNs } = costOf(model, term)!;
      return lowNs <= COSTS[term] && COSTS[term] <= highNs;
    });
    expect(held.length).toBeGreaterThanOrEqual(14);
    expect(costOf(model, "trap")!.highNs).toBeLessThan(1.2 * COSTS.trap);
  });

  test("no operation has are absent, not zero", () => {
    const without = (scenario: string) => scenario === "network" || scenario === "cpu";
    const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS, without }), native);
    expect(model?.absent).toEqual(["message", "net-byte", "compute"]);
    expect(costOf(model, "message")).toBeUndefined();
  });
});

describe("terms that few operations tell apart", () => {
  test("are named: without `files`, bytes and reads differ in single calls alone", () => {
    const without = (scenario: string) => scenario === "files";
    const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS, without }), native);
    expect(model?.entangled).toEqual(expect.arrayContaining(["memory-io", "byte"]));
    expect(model?.entangled).not.toContain("trap");
  });

  test("are none where every scenario was measured", () => {
    const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native);
    expect(model?.entangled).toEqual([]);
  });
});

test("what an operation costs more has its interval over rounds", () => {
  const own = madeObservations({ config: SYSTRAP, costs: COSTS, noise: 0.1 });
  const op = fitConfiguration(own, native)!.ops.find(({ metric }) => metric === "stat")!;
  expect(op.measuredLowNs).toBeLessThan(op.measuredNs);
  expect(op.measuredHighNs).toBeGreaterThan(op.measuredNs);
  expect(op.measuredHighNs / op.measuredLowNs).toBeLessThan(1.5);
});

test("a configuration that shares no operation with native has no model", () => {
  const own = madeObservations({ config: SYSTRAP, costs: COSTS, without: () => true });
  expect(fitConfiguration(own, native)).toBeNull();
});

test("the terms of an operation add up to what it is modelled to cost", () => {
  const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native)!;
  const op = model.ops.find(({ metric }) => metric === "tcp-rr-lo")!;
  expect(op.parts.reduce((sum, { ns }) => sum + ns, 0)).toBeCloseTo(op.modelledNs, 6);
  expect(op.modelledNs).toBeCloseTo(op.measuredNs, 3);
});

test("start-up is what it takes longer than natively, with an interval", () => {
  const model = fitConfiguration(madeObservations({ config: SYSTRAP, costs: COSTS }), native);
  expect(model?.startupNs).toEqual({ value: 79e6, low: 79e6, high: 79e6 });
});
