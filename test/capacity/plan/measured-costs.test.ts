import { describe, expect, test } from "vitest";
import { measuredCosts, slowdownMetrics } from "../../../src/capacity/plan/measured-costs.ts";
import { storedSample } from "../../report/stored-samples.ts";

const run = storedSample("sample");
const { costs, left } = measuredCosts(run, { scenario: "cpu", metric: "json" });
const of = (id: string) => costs.find(({ configuration }) => configuration === id)!;

describe("measuredCosts of the sample run", () => {
  test("has starts of every configuration that was measured, and a reason for every other", () => {
    const measured = new Set(
      run.summary.cells.filter(({ status }) => status === "measured").map(({ cell }) => cell.split("::")[0]),
    );
    expect(costs.map(({ configuration }) => configuration)).toEqual([...measured]);
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ reason }) => reason !== "")).toBe(true);
  });

  test("has as its median start the one of the summary", () => {
    const cell = run.summary.cells.find(
      ({ cell }) => cell === "runsc/systrap/net=none/seccomp=none::startup",
    )!;
    const ready = cell.metrics.find(({ metric }) => metric === "ready")!;
    const starts = of("runsc/systrap/net=none/seccomp=none").startsS.toSorted((a, b) => a - b);
    expect(starts[(starts.length - 1) / 2]).toBeCloseTo(ready.median / 1e9, 9);
  });

  test("takes memory above the program from pairs of rounds", () => {
    const { overheadBytes, programBytes } = of("runsc/systrap/net=none/seccomp=none");
    expect(overheadBytes).toHaveLength(11);
    expect(Math.min(...overheadBytes)).toBeGreaterThan(20 * 2 ** 20);
    expect(programBytes).toBeLessThan(10 * 2 ** 20);
    expect(of("native/net=host/seccomp=none").overheadBytes.every((bytes) => bytes === 0)).toBe(true);
  });

  test("borrows what was not measured from the same sandbox, and says so", () => {
    const one = of("runsc/systrap/net=host/seccomp=none");
    expect(one.slowdowns).toEqual(of("runsc/systrap/net=none/seccomp=none").slowdowns);
    expect(one.warnings).toEqual([
      "memory as of runsc/systrap/net=none/seccomp=none: measured there, and not here",
      "slowdown as of runsc/systrap/net=none/seccomp=none: measured there, and not here",
    ]);
  });

  test("knows which metrics can stand for a program", () => {
    const known = slowdownMetrics(run);
    expect(known).toContain("cpu/json");
    expect(known).not.toContain("startup/ready");
  });
});
