import { describe, expect, test } from "vitest";
import { densityCurve } from "../../../src/capacity/density/density-curve.ts";
import type { DensityResult } from "../../../src/capacity/density/density-result.ts";
import { withDensity, withRoom } from "../../../src/capacity/plan/measured-density.ts";
import { physicalSlots } from "../../../src/capacity/plan/slots.ts";
import { ROOM_LIMITS } from "../../../src/capacity/watch/host-room.ts";
import { madeStep } from "../density/made-step.ts";
import { COSTS, HOST, MIB, TRAFFIC } from "./made-costs.ts";

const steps = [1, 2, 4].flatMap((n) => [1, 2, 3].map((repeat) => madeStep(n, repeat)));
const DENSITY = {
  request: { programMib: 8 },
  limits: ROOM_LIMITS,
  room: { memoryBytes: 4096 * MIB, tasks: 1200, descriptors: 1e6 },
  configurations: [{ configuration: "made", steps, curve: densityCurve(steps) }],
} as unknown as DensityResult;

describe("a plan with measured density", () => {
  test("takes what one more takes beside others, above its program", () => {
    expect(withDensity(COSTS, DENSITY).marginalBytes! / MIB).toBeCloseTo(22, 0);
  });

  test("knows pids and descriptors, of which half are left to the host", () => {
    const host = withRoom(HOST, DENSITY);
    const { limits } = physicalSlots(host, withDensity(COSTS, DENSITY), TRAFFIC, 0.001);
    const slots = Object.fromEntries(limits.map(({ resource, slots }) => [resource, slots]));
    expect(slots).toMatchObject({ pids: 20, descriptors: 2500 });
    expect(limits[0]!.resource).toBe("pids");
  });

  test("leaves a configuration alone that was not held", () => {
    const other = { ...COSTS, configuration: "other" };
    expect(withDensity(other, DENSITY)).toBe(other);
  });
});
