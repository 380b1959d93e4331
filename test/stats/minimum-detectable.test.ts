import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { sizeP, verdicts } from "../../src/stats/families/verdict.ts";
import { beyondLimitLevel } from "../../src/stats/families/verdict-levels.ts";
import { minimumDetectableEffect } from "../../src/stats/power/minimum-detectable-effect.ts";
import { minimumDetectableShift } from "../../src/stats/power/minimum-detectable-shift.ts";
import { seenT } from "../../src/stats/tests/joint-sign-flips.ts";
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

/** As the flips of 48 metrics ask for it. */
const CRITICAL = 6;
const ALPHA = 0.01;
const effect = (logRatios: number[], critical = CRITICAL) =>
  minimumDetectableEffect({ logRatios, delta: DELTA, critical, alpha: ALPHA });
const runs = (before: number[], after: number[]) => ({ strata: [{ before, after }] });

/** Chance that what one check prints is called worse by another one. */
function powerAtPrinted<T>(
  observe: (shift: number) => T,
  print: (seen: T) => number | null,
  isWorse: (seen: T) => boolean,
) {
  const found = many(400, () => isWorse(observe(print(observe(0))!)));
  return found.filter(Boolean).length / found.length;
}

describe.each(Object.entries(noise))("with %s noise", (_, draw) => {
  test("a slowdown of the size that 15 rounds print is found in 75 to 95 of 100 cases", () => {
    const power = powerAtPrinted(
      (shift) => rounds(15, draw, shift),
      (seen) => effect(seen),
      (seen) =>
        seenT({ logRatios: seen }) > CRITICAL &&
        sizeP({ logRatios: seen, delta: DELTA }, 1) <= beyondLimitLevel(ALPHA),
    );
    expect(power).toBeGreaterThan(0.75);
    expect(power).toBeLessThan(0.95);
  });

  test("so is one of the size that two runs of 15 launches print", () => {
    const power = powerAtPrinted(
      (shift) => runs(rounds(15, draw), rounds(15, draw, shift)),
      (seen) => minimumDetectableShift({ ...seen, delta: DELTA, cells: CELLS }),
      (seen) => verdicts([{ ...seen, delta: DELTA }], 0.05 / CELLS).verdicts[0]!.verdict === "worse",
    );
    expect(power).toBeGreaterThan(0.75);
    expect(power).toBeLessThan(0.95);
  });
});

test("more rounds and fewer standing out see smaller effects; too few rounds see none", () => {
  const seen = (count: number, critical: number) => effect(rounds(count, noise.normal), critical);
  expect(seen(60, 6)).toBeLessThan(seen(15, 6)!);
  expect(seen(15, 4)).toBeLessThan(seen(15, 12)!);
  expect(seen(6, 4)).toBeNull();
  expect(seen(0, 4)).toBeNull();
  expect(seen(15, Number.POSITIVE_INFINITY)).toBeNull();
});

test("one disturbed launch hides little", () => {
  const quiet = rounds(14, () => 0.001 * normal(random));
  expect(effect([...quiet, -0.3])!).toBeLessThan(0.05);
});

test("without noise every effect beyond what matters is seen, but for the resolution", () => {
  const still = rounds(15, () => 0.01);
  expect(effect(still)).toBeLessThan(DELTA + 0.006);
  expect(minimumDetectableShift({ ...runs(still, still), delta: DELTA, cells: CELLS })).toBe(DELTA);
});

test("a lone launch against a stored run has a finite answer", () => {
  const plan = { ...runs(rounds(60, noise.normal), [0]), delta: DELTA, cells: 1 };
  expect(Number.isFinite(minimumDetectableShift(plan))).toBe(true);
});

test("the same rounds print the same effect", () => {
  const logRatios = rounds(15, noise.disturbed);
  expect(effect(logRatios)).toBe(effect(logRatios));
});

test("too few launches detect nothing, and impossible plans are refused", () => {
  const three = rounds(3, noise.normal);
  const plan = { ...runs(three, three), delta: DELTA, cells: 10 };
  expect(minimumDetectableShift(plan)).toBeNull();
  expect(minimumDetectableShift({ ...plan, strata: [] })).toBeNull();
  expect(() => minimumDetectableShift({ ...plan, cells: 0 })).toThrow("cells");
  expect(() => effect([Number.NaN, ...rounds(14, noise.normal)])).toThrow("finite");
});
