import { describe, expect, test } from "vitest";
import { changeContrast } from "../../../src/model/tune/cost-surface.ts";
import { measuredCosts, measuredSurface } from "../../../src/model/tune/measured-costs.ts";
import { many } from "../../stats/random-numbers.ts";
import { cell, launch, manifest, metricMeta, NATIVE, opSample, RUNSC } from "../../stats/records.ts";
import { candidate, EQUAL, madeCosts, OPS, PRESENT_ID } from "./made-costs.ts";

const faster = candidate({ flags: "faster" });
const present = candidate();
const change = [changeContrast(PRESENT_ID, faster.configuration)];

describe("costs of a run", () => {
  const cells = [
    cell(NATIVE, "syscalls"),
    cell(RUNSC, "syscalls"),
    cell({ ...RUNSC, network: "host" }, "syscalls", "unavailable"),
  ];
  const run = manifest(cells, {
    metrics: { syscalls: [metricMeta("getpid"), metricMeta("rate", { unit: "1/s", better: "higher" })] },
  });

  test("are logarithms, larger is dearer, also of a rate", () => {
    const ops = [opSample("getpid", { median: 100 }), opSample("rate", { unit: "1/s", median: 100 })];
    const costs = measuredCosts(run, [launch(RUNSC, 0, { ops })]);
    const own = costs.get("runsc/systrap/net=none/seccomp=none")!;
    expect(own.get("syscalls::getpid")!.get(0)).toBeCloseTo(Math.log(100), 12);
    expect(own.get("syscalls::rate")!.get(0)).toBeCloseTo(-Math.log(100), 12);
  });

  test("leave out what failed, what was not measured, and a zero, which has no logarithm", () => {
    const zero = [opSample("getpid", { median: 0 }), opSample("rate", { unit: "1/s", median: 5 })];
    const costs = measuredCosts(run, [
      launch(NATIVE, 0, { status: "failed" }),
      launch(RUNSC, 0, { ops: zero }),
    ]);
    expect([...costs.keys()]).toEqual(["runsc/systrap/net=none/seccomp=none"]);
    expect([...costs.values()].flatMap((own) => [...own.keys()])).toEqual(["syscalls::rate"]);
  });
});

describe("a contrast of measured costs", () => {
  test("finds a gain of 20 % through noise that all configurations share", () => {
    const costs = madeCosts({
      candidates: [present, faster],
      factor: ({ flags }) => (flags === undefined ? 1 : 0.8),
    });
    const { ratio, low, high, n, basis } = measuredSurface(costs, EQUAL, OPS).estimate(change)!;
    expect(ratio).toBeCloseTo(0.8, 1);
    expect(low).toBeLessThan(0.8);
    expect(high).toBeGreaterThan(0.8);
    expect(high! - low!).toBeLessThan(0.05);
    expect({ n, basis }).toEqual({ n: 11, basis: "measured" });
  });

  test("is the weighted geometric mean of the operations", () => {
    const costs = madeCosts({
      candidates: [present, faster],
      factor: ({ flags }, key) => (flags === undefined ? 1 : key === OPS[0]!.key ? 0.5 : 1),
      own: 0,
    });
    const weights = new Map([
      [OPS[0]!.key, 0.75],
      [OPS[1]!.key, 0.25],
    ]);
    expect(measuredSurface(costs, weights, OPS).estimate(change)!.ratio).toBeCloseTo(0.5 ** 0.75, 10);
  });

  test("says which groups only one side has", () => {
    const costs = new Map([
      ...madeCosts({ candidates: [present], factor: () => 1, own: 0 }),
      ...madeCosts({ candidates: [faster], factor: () => 2, own: 0, keys: [OPS[0]!.key] }),
    ]);
    const { ratio, covers, lacks } = measuredSurface(costs, EQUAL, OPS).estimate(change)!;
    expect(ratio).toBeCloseTo(2, 10);
    expect({ covers, lacks }).toEqual({ covers: 1, lacks: ["files"] });
  });

  test("there is none where both share no operation", () => {
    const costs = new Map([
      ...madeCosts({ candidates: [present], factor: () => 1, keys: [OPS[1]!.key] }),
      ...madeCosts({ candidates: [faster], factor: () => 2, keys: [OPS[0]!.key] }),
    ]);
    expect(measuredSurface(costs, EQUAL, OPS).estimate(change)).toBeNull();
  });

  test("has no interval from five rounds", () => {
    const costs = madeCosts({ candidates: [present, faster], factor: () => 1, rounds: 5 });
    expect(measuredSurface(costs, EQUAL, OPS).estimate(change)).toMatchObject({
      low: null,
      high: null,
      n: 5,
    });
  });

  test("an operation that was rarely done does not cost the others their rounds", () => {
    const costs = madeCosts({ candidates: [present, faster], factor: () => 1 });
    const rare = new Map(costs.get(PRESENT_ID)!);
    rare.set(OPS[1]!.key, new Map(many(3, (round) => [round, 1] as const)));
    const thinned = new Map(costs).set(PRESENT_ID, rare);
    expect(measuredSurface(thinned, EQUAL, OPS).estimate(change)).toMatchObject({
      n: 11,
      covers: 1,
      lacks: ["files"],
    });
  });
});
