import { expect, test } from "vitest";
import { alikeCritical, alikePairsP, alikeShift, strataOf } from "../../src/stats/estimates/alike-pairs.ts";
import { mannWhitney } from "../../src/stats/tests/mann-whitney.ts";

test("the published critical value of U for 15 and 15, two-sided 5 %, is 64", () => {
  expect(alikeCritical([[15, 15]], 0.025)).toBe(64);
});

test("one stratum is Mann and Whitney's test", () => {
  const [before, after] = [
    [2, 1, 3, 5],
    [0, 4, 6, 7],
  ];
  expect(alikePairsP([{ before, after }], 0, "greater")).toBeCloseTo(
    mannWhitney(after, before, "greater").p,
    12,
  );
  expect(alikePairsP([{ before, after }], 0, "less")).toBeCloseTo(mannWhitney(after, before, "less").p, 12);
});

test("two strata: of 6 x 3 ways to deal, those with as few pairs against are counted", () => {
  // 2 and 2 launches: of 6 ways U is 0 in one, 1 in one, 2 in two; 1 and 2: 0, 1, 2 in one each.
  const strata = [
    { before: [1, 3], after: [2, 4] },
    { before: [10], after: [11, 12] },
  ];
  expect(alikePairsP(strata, 0, "greater")).toBeCloseTo(3 / 18, 12);
  expect(alikeShift(strata, 0.5)!.estimate).toBe(1);
});

test("disturbed launches meet only disturbed ones", () => {
  const disturbed = { before: [false, true, false], after: [true, true] };
  expect(strataOf([1, 2, 3], [4, 5], disturbed)).toEqual([{ before: [2], after: [4, 5] }]);
  expect(strataOf([1], [2], { before: [false], after: [true] })).toEqual([]);
  expect(alikePairsP([], 0, "greater")).toBe(1);
  expect(alikeShift([], 0.95)).toBeNull();
});

test("large samples are counted by the normal approximation, all but the same", () => {
  const values = (count: number, shift: number) =>
    Array.from({ length: count }, (_, at) => ((at * 37) % 101) / 101 + shift);
  const small = alikePairsP([{ before: values(50, 0), after: values(50, 0.1) }], 0, "greater");
  const large = alikePairsP([{ before: values(51, 0), after: values(51, 0.1) }], 0, "greater");
  expect(Math.abs(Math.log(large / small))).toBeLessThan(0.5);
});
