import { describe, expect, test } from "vitest";
import { expectedLaunchMs, programSizes } from "../../src/plan/program-sizes.ts";

const totalMs = (natively: number[], configurations: number) => {
  const sizes = programSizes(natively, configurations);
  return natively.reduce((sum, ms) => sum + sizes.rounds * configurations * expectedLaunchMs(ms, sizes), 0);
};

describe("programSizes", () => {
  test("a program of 200 ms in four configurations takes less than two minutes", () => {
    expect(totalMs([200], 4)).toBeLessThan(120_000);
    expect(programSizes([200], 4).rounds).toBeGreaterThanOrEqual(11);
  });

  test("a short one gets no more rounds than a verdict needs", () => {
    expect(programSizes([1], 4).rounds).toBe(15);
  });

  test("a long one runs once a launch, and still in enough rounds for an interval", () => {
    expect(programSizes([30_000], 4)).toMatchObject({ repeat: 1, warmup: 0, rounds: 7 });
  });

  test("a launch has time for all its repetitions, each of which may take many times as long as natively", () => {
    const { repeat, warmup, timeoutMs, launchMs } = programSizes([5_000, 100], 4);
    expect(timeoutMs).toBe(150_000);
    expect(launchMs).toBe((repeat + warmup + 1) * timeoutMs);
  });
});
