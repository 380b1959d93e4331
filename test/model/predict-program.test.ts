import { describe, expect, test } from "vitest";
import type { CostModel } from "../../src/model/cost-model.ts";
import { fitConfiguration } from "../../src/model/fit-configuration.ts";
import { predictProgram } from "../../src/model/predict-program.ts";
import { NO_CORRECTIONS } from "../../src/model/term-groups.ts";
import { madeErrors } from "./made-errors.ts";
import { COSTS, madeObservations, NATIVE, SYSTRAP } from "./made-observations.ts";
import { call, profile } from "./made-profile.ts";

const ERRORS = madeErrors();
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
    const { cells } = predictProgram(stats, model(fitted({ config: SYSTRAP, costs: COSTS })), [], ERRORS);
    const extra = 10_000 * (COSTS.trap + COSTS.lookup) + COSTS.process + COSTS.exec;
    expect(cells[0]?.slowdown.value).toBeCloseTo(1 + extra / 100e6, 6);
    expect(cells[0]?.runNs.value).toBeCloseTo(100e6 + extra, 0);
    expect(cells[0]?.dominant.map(({ term }) => term)).toEqual(["lookup", "trap", "exec"]);
  });

  test("comes cheapest first", () => {
    const slow = fitted({ config: PTRACE, costs: { ...COSTS, trap: 12_000 } });
    const { cells } = predictProgram(
      stats,
      model(slow, fitted({ config: SYSTRAP, costs: COSTS })),
      [],
      ERRORS,
    );
    expect(cells.map(({ config }) => config.platform)).toEqual(["systrap", "ptrace"]);
  });

  test("without programs in the run has the errors of the corpus and the operations' noise as its interval", () => {
    const noisy = fitted({ config: SYSTRAP, costs: COSTS, noise: 0.2 });
    const widthOf = (errors: number) => {
      const [cell] = predictProgram(stats, model(noisy), [], madeErrors(errors)).cells;
      expect(cell).toMatchObject({ basis: "corpus", errorsOf: "runsc/systrap" });
      expect(cell!.slowdown.low).toBeLessThan(cell!.slowdown.value);
      return Math.log(cell!.slowdown.high / cell!.slowdown.value);
    };
    expect(widthOf(0)).toBeGreaterThan(0);
    expect(widthOf(0.5)).toBeGreaterThan(widthOf(0.1));
    expect(widthOf(0.1)).toBeGreaterThan(widthOf(0));
  });

  test("without programs in the run is corrected as the corpus was", () => {
    const corrections = { ...ERRORS.corrections, "runsc/systrap": { ...NO_CORRECTIONS, interception: 2 } };
    const one = model(fitted({ config: SYSTRAP, costs: COSTS }));
    const slowdown = (errors: typeof ERRORS) =>
      predictProgram(stats, one, [], errors).cells[0]!.slowdown.value;
    const more = slowdown({ ...ERRORS, corrections }) - slowdown(ERRORS);
    expect(more).toBeCloseTo((10_000 * COSTS.trap) / 100e6, 4);
  });

  test("says whose errors it takes where the corpus never ran", () => {
    const KVM = { ...SYSTRAP, platform: "kvm" } as const;
    const [cell] = predictProgram(stats, model(fitted({ config: KVM, costs: COSTS })), [], ERRORS).cells;
    expect(cell?.errorsOf).toMatch(/^runsc on other platforms/);
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
    const prediction = predictProgram(talks, model(noNetwork), [], ERRORS);
    expect(prediction.cells[0]?.missing).toEqual(["message", "net-byte"]);
    expect(prediction.uncovered).toBeCloseTo(0.3, 9);
  });

  test("a program without any call is covered whole", () => {
    expect(
      predictProgram(profile(), model(fitted({ config: SYSTRAP, costs: COSTS })), [], ERRORS).uncovered,
    ).toBe(0);
  });
});
