import { describe, expect, test } from "vitest";
import type { CostModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { predictProgram } from "../../src/model/predict-program.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";
import { call, profile } from "./made-profile.ts";

const native = madeObservations({ config: NATIVE, costs: {} });
const fitted = (made: Parameters<typeof madeObservations>[0]) =>
  fitConfiguration(madeObservations(made), native)!;
const PTRACE = { ...SYSTRAP, platform: "ptrace" } as const;
const model = (...configurations: CostModel["configurations"]): CostModel => ({
  runId: "made",
  fingerprint: "made",
  toolVersion: "0.1.0",
  configurations,
  unfitted: [],
});

/** 10,000 stats: 10,000 traps and 10,000 look-ups in 100 ms. */
const stats = profile({ calls: [call("stat", "none", 10_000)], bare: { userNs: 0, maxRssBytes: 1 << 20 } });

describe("a prediction", () => {
  test("is the native time and what the program's calls cost more", () => {
    const { cells } = predictProgram(stats, model(fitted({ config: SYSTRAP, costs: COSTS })), []);
    const extra = 10_000 * (COSTS.trap + COSTS.lookup) + COSTS.process + COSTS.exec;
    expect(cells[0]?.slowdown.value).toBeCloseTo(1 + extra / 100e6, 6);
    expect(cells[0]?.runNs.value).toBeCloseTo(100e6 + extra, 0);
    expect(cells[0]?.dominant.map(({ term }) => term)).toEqual(["lookup", "trap", "exec"]);
  });

  test("comes cheapest first", () => {
    const slow = fitted({ config: PTRACE, costs: { ...COSTS, trap: 12_000 } });
    const { cells } = predictProgram(stats, model(slow, fitted({ config: SYSTRAP, costs: COSTS })), []);
    expect(cells.map(({ config }) => config.platform)).toEqual(["systrap", "ptrace"]);
  });

  test("without programs in the run has the noise of the operations as its interval, and says so", () => {
    const noisy = fitted({ config: SYSTRAP, costs: COSTS, noise: 0.2 });
    const [cell] = predictProgram(stats, model(noisy), []).cells;
    expect(cell?.basis).toBe("operations");
    expect(cell!.slowdown.low).toBeLessThan(cell!.slowdown.value);
    expect(cell!.slowdown.high).toBeGreaterThan(cell!.slowdown.value);
  });

  test("names what the run has no cost for, and how much of the program that is", () => {
    const noNetwork = fitted({
      config: SYSTRAP,
      costs: COSTS,
      without: (scenario) => scenario === "network",
    });
    const talks = profile({
      calls: [call("write", "socket", 30, { bytes: 300 }), call("getpid", "none", 70)],
    });
    const prediction = predictProgram(talks, model(noNetwork), []);
    expect(prediction.cells[0]?.missing).toEqual(["message", "net-byte"]);
    expect(prediction.uncovered).toBeCloseTo(0.3, 9);
  });

  test("a program without any call is covered whole", () => {
    expect(predictProgram(profile(), model(fitted({ config: SYSTRAP, costs: COSTS })), []).uncovered).toBe(0);
  });
});
