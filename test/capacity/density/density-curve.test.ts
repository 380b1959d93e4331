import { describe, expect, test } from "vitest";
import { densityCurve, predictedBytes } from "../../../src/capacity/density/density-curve.ts";
import { ROOM_LIMITS } from "../../../src/capacity/watch/host-room.ts";
import { densityTerminal } from "../../../src/report/capacity/density-terminal.ts";
import { MIB } from "../plan/made-costs.ts";
import { madeStep } from "./made-step.ts";

const STEPS = [1, 2, 4, 8].flatMap((n) => [1, 2, 3].map((repeat) => madeStep(n, repeat)));

describe("densityCurve", () => {
  test("finds what one more takes, above what the first takes", () => {
    const { pss, cliff } = densityCurve(STEPS);
    expect(pss!.slope / MIB).toBeCloseTo(30, 1);
    expect(pss!.intercept / MIB).toBeCloseTo(20, 0);
    expect(predictedBytes(pss, 50)!.value / MIB).toBeCloseTo(1520, 0);
    expect(cliff).toBeNull();
  });

  test("takes the first level that did not converge as the cliff, and leaves it out of the line", () => {
    const failed = { ...madeStep(16, 1), converged: false, reason: "memory: 81 %", footprint: null };
    const curve = densityCurve([...STEPS, failed]);
    expect(curve.cliff).toEqual({ n: 16, reason: "memory: 81 %" });
    expect(curve.pss).toEqual(densityCurve(STEPS).pss);
  });

  test("has no line from two levels", () => {
    expect(densityCurve(STEPS.filter(({ n }) => n < 4)).pss).toBeNull();
  });

  test("counts threads and descriptors of one, and splits its memory by role", () => {
    const curve = densityCurve(STEPS);
    expect(curve).toMatchObject({ threads: 30, descriptors: 200 });
    expect(curve.byRole.sentry! / MIB).toBeCloseTo((20 + 30 * 8) / 8, 1);
    expect(curve.shared).toBeCloseTo(0.5, 6);
  });
});

test("the terminal has an interval and the sample size, and the cliff", () => {
  const failed = { ...madeStep(16, 1), converged: false, reason: "memory: 81 %", footprint: null };
  const steps = [...STEPS, failed];
  const text = densityTerminal(
    {
      schema: "sbx-bench/density@1",
      id: "1",
      fingerprint: { id: "x", fields: {} },
      request: { levels: [1], repeats: 3, plateauS: 5, programMib: 8, working: false },
      limits: ROOM_LIMITS,
      room: { memoryBytes: 8192 * MIB, tasks: 1000, descriptors: 1000 },
      interrupted: false,
      configurations: [
        {
          configuration: "made",
          config: { sandbox: "native", platform: null, network: "host", seccomp: "none" },
          steps,
          curve: densityCurve(steps),
        },
      ],
      left: [{ configuration: "runc/x", reason: "not installed" }],
    },
    { columns: 200, colour: false },
  );
  expect(text).toMatch(/one more takes 30 MiB \[\S+ MiB, \S+ MiB\] n=12/);
  expect(text).toContain("cliff at 16: memory: 81 %");
  expect(text).toContain("runc/x: unavailable: not installed");
});
