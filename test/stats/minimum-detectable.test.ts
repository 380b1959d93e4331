import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { minimumDetectableEffect } from "../../src/stats/minimum-detectable-effect.ts";
import { minimumDetectableShift } from "../../src/stats/minimum-detectable-shift.ts";
import { type Evidence, verdicts } from "../../src/stats/verdict.ts";
import { many, normal } from "./random-numbers.ts";

const random = seededRandom("minimum detectable");
const DELTA = 0.02;
const CELLS = 48;
const noise = {
  normal: () => 0.02 * normal(random),
  /** As on a shared machine: one launch in ten disturbed, six times as far out. */
  disturbed: () => (random() < 0.1 ? 0.12 : 0.02) * normal(random),
};
const rounds = (count: number, draw: () => number, shift = 0) => many(count, () => shift + draw());

/** Chance that what one check prints is called worse by another one, first and strictest step of Holm. */
function powerAtPrinted(
  observe: (shift: number) => Evidence,
  print: (seen: Evidence) => number | null,
): number {
  const found = many(400, () => {
    const seen = { ...observe(print(observe(0))!), delta: DELTA };
    return verdicts([seen], 0.05 / CELLS)[0]!.verdict === "worse";
  });
  return found.filter(Boolean).length / found.length;
}

describe.each(Object.entries(noise))("with %s noise", (_, draw) => {
  test("a slowdown of the size that 15 rounds print is found in 75 to 95 of 100 cases", () => {
    const power = powerAtPrinted(
      (shift) => ({ logRatios: rounds(15, draw, shift) }),
      (seen) =>
        "logRatios" in seen ? minimumDetectableEffect({ ...seen, delta: DELTA, cells: CELLS }) : null,
    );
    expect(power).toBeGreaterThan(0.73);
    expect(power).toBeLessThan(0.95);
  });

  test("so is one of the size that two runs of 15 launches print", () => {
    const power = powerAtPrinted(
      (shift) => ({ before: rounds(15, draw), after: rounds(15, draw, shift) }),
      (seen) => ("before" in seen ? minimumDetectableShift({ ...seen, delta: DELTA, cells: CELLS }) : null),
    );
    expect(power).toBeGreaterThan(0.75);
    expect(power).toBeLessThan(0.95);
  });
});

test("more rounds and fewer cells see smaller effects; too few rounds see none", () => {
  const effect = (count: number, cells: number) =>
    minimumDetectableEffect({ logRatios: rounds(count, noise.normal), delta: DELTA, cells });
  expect(effect(60, 24)).toBeLessThan(effect(15, 24)!);
  expect(effect(15, 1)).toBeLessThan(effect(15, 24)!);
  expect(effect(8, 24)).toBeNull();
  expect(effect(0, 1)).toBeNull();
});

test("one disturbed launch counts for what it is: with 48 metrics it can hide what is under half of it", () => {
  const quiet = rounds(14, () => 0.001 * normal(random));
  const effect = minimumDetectableEffect({ logRatios: [...quiet, -0.3], delta: DELTA, cells: CELLS })!;
  expect(effect).toBeGreaterThan(0.15);
});

test("without noise every effect beyond what matters is seen", () => {
  const still = rounds(15, () => 0.01);
  expect(minimumDetectableEffect({ logRatios: still, delta: DELTA, cells: CELLS })).toBe(DELTA);
  expect(minimumDetectableShift({ before: still, after: still, delta: DELTA, cells: CELLS })).toBe(DELTA);
});

test("a lone launch against a stored run has a finite answer", () => {
  const plan = { before: rounds(60, noise.normal), after: [0], delta: DELTA, cells: 1 };
  expect(Number.isFinite(minimumDetectableShift(plan))).toBe(true);
});

test("the same rounds print the same effect", () => {
  const logRatios = rounds(15, noise.disturbed);
  const effect = () => minimumDetectableEffect({ logRatios, delta: DELTA, cells: CELLS });
  expect(effect()).toBe(effect());
});

test("too few launches detect nothing, and impossible plans are refused", () => {
  const three = rounds(3, noise.normal);
  const plan = { before: three, after: three, delta: DELTA, cells: 10 };
  expect(minimumDetectableShift(plan)).toBeNull();
  expect(minimumDetectableShift({ ...plan, before: [] })).toBeNull();
  expect(() => minimumDetectableShift({ ...plan, cells: 0 })).toThrow("cells");
  expect(() => minimumDetectableEffect({ logRatios: three, delta: DELTA, cells: 0 })).toThrow("cells");
  const broken = [Number.NaN, ...rounds(14, noise.normal)];
  expect(() => minimumDetectableEffect({ logRatios: broken, delta: DELTA, cells: 1 })).toThrow("finite");
});
