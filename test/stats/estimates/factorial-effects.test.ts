import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import {
  contrastValues,
  type FactorCell,
  mainEffects,
  pairInteractions,
} from "../../../src/stats/estimates/factorial-effects.ts";
import { hodgesLehmann } from "../../../src/stats/estimates/hodges-lehmann.ts";
import { verdicts } from "../../../src/stats/families/verdict.ts";
import { normal } from "../random-numbers.ts";

const ROUNDS = 11;

/** Log costs by a rule, with a drift of the round that all cells share, and noise of each launch. */
function measured(
  combinations: Record<string, string>[],
  rule: (levels: Record<string, string>) => number,
  noise = 0,
  seed = "1",
): FactorCell[] {
  const random = seededRandom(seed);
  const drift = Array.from({ length: ROUNDS }, () => normal(random));
  return combinations.map((levels) => ({
    levels,
    logCosts: new Map(drift.map((shared, round) => [round, shared + rule(levels) + noise * normal(random)])),
  }));
}

const FULL = [{}, { a: "1" }, { b: "1" }, { a: "1", b: "1" }];
const rule = ({ a, b }: Record<string, string>) => (a ? 0.3 : 0) + (b ? -0.2 : 0) + (a && b ? 0.1 : 0);
const estimate = (values: readonly number[]) => hodgesLehmann(values)!.estimate;

describe("without noise the effects are those of the rule", () => {
  test("a main effect of a full factorial is the mean over the other factor's levels", () => {
    const [a, b] = mainEffects(measured(FULL, rule));
    expect(a?.of).toEqual([{ factor: "a", level: "1" }]);
    expect(a?.contexts).toBe(2);
    // (0.3 + 0.4) / 2 and (-0.2 + -0.1) / 2, whatever the rounds drift.
    expect(estimate(contrastValues(a!))).toBeCloseTo(0.35, 12);
    expect(estimate(contrastValues(b!))).toBeCloseTo(-0.15, 12);
  });

  test("the interaction is what both do beyond the sum", () => {
    const [pair] = pairInteractions(measured(FULL, rule));
    expect(pair?.of).toEqual([
      { factor: "a", level: "1" },
      { factor: "b", level: "1" },
    ]);
    expect(estimate(contrastValues(pair!))).toBeCloseTo(0.1, 12);
  });

  test("one factor at a time: each against the defaults, and no pair", () => {
    const cells = measured([{}, { a: "1" }, { a: "2" }, { b: "1" }], (levels) => Number(levels.a ?? 0) * 0.1);
    const found = mainEffects(cells).map(({ of, contexts, ...one }) => [
      `${of[0]?.factor}=${of[0]?.level}`,
      contexts,
      Number(estimate(contrastValues({ of, contexts, ...one })).toFixed(9)),
    ]);
    expect(found).toEqual([
      ["a=1", 1, 0.1],
      ["a=2", 1, 0.2],
      ["b=1", 1, 0],
    ]);
    expect(pairInteractions(cells)).toEqual([]);
  });

  test("three factors: a pair is the mean over the third", () => {
    const all = ["", "1"].flatMap((a) =>
      ["", "1"].flatMap((b) =>
        ["", "1"].map((c) =>
          Object.fromEntries(Object.entries({ a, b, c }).filter(([, level]) => level !== "")),
        ),
      ),
    );
    const pairs = pairInteractions(measured(all, (x) => rule(x) + (x.a && x.b && x.c ? 0.2 : 0)));
    const ab = pairs.find(({ of }) => of.every(({ factor }) => factor !== "c"));
    expect(ab?.contexts).toBe(2);
    expect(estimate(contrastValues(ab!))).toBeCloseTo(0.1 + 0.2 / 2, 12);
    expect(pairs).toHaveLength(3);
  });
});

test("a combination that is missing leaves the contrasts that do not need it", () => {
  const cells = measured([{}, { a: "1" }, { a: "1", b: "1" }], rule);
  const [a, b] = mainEffects(cells);
  expect([a?.contexts, estimate(contrastValues(a!))]).toEqual([1, expect.closeTo(0.3, 12)]);
  // b was measured under a=1 only: -0.2 + 0.1.
  expect(estimate(contrastValues(b!))).toBeCloseTo(-0.1, 12);
  expect(pairInteractions(cells)).toEqual([]);
});

test("a round that one cell lacks is no pair there", () => {
  const cells = measured([{}, { a: "1" }], rule);
  const short = new Map([...cells[1]!.logCosts].filter(([round]) => round !== 3));
  const [a] = mainEffects([cells[0]!, { levels: { a: "1" }, logCosts: short }]);
  expect(contrastValues(a!)).toHaveLength(ROUNDS - 1);
});

describe("with noise, over 200 seeded runs", () => {
  const NOISE = 0.05;
  const runs = Array.from({ length: 200 }, (_, seed) => measured(FULL, rule, NOISE, `noise/${seed}`));

  test("95 % intervals hold the truth in at least 90 % of them", () => {
    const held = (truth: number, values: (cells: FactorCell[]) => number[]) =>
      runs.filter((cells) => {
        const { low, high } = hodgesLehmann(values(cells))!;
        return low! <= truth && truth <= high!;
      }).length;
    expect(held(0.35, (cells) => contrastValues(mainEffects(cells)[0]!))).toBeGreaterThanOrEqual(180);
    expect(held(0.1, (cells) => contrastValues(pairInteractions(cells)[0]!))).toBeGreaterThanOrEqual(180);
  });

  test("no interaction is called one in at most 5 % and a bit, a strong one is found", () => {
    const called = (strength: number) =>
      Array.from({ length: 200 }, (_, seed) => {
        const cells = measured(FULL, ({ a, b }) => (a && b ? strength : 0), NOISE, `pair/${seed}`);
        const logRatios = contrastValues(pairInteractions(cells)[0]!);
        const [one] = verdicts([{ logRatios, delta: 0.02 }], 0.05).verdicts;
        return one!.verdict === "worse" || one!.verdict === "better";
      }).filter(Boolean).length;
    expect(called(0)).toBeLessThanOrEqual(20);
    expect(called(0.4)).toBeGreaterThanOrEqual(190);
  });
});
