import { expect, test } from "vitest";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import { verdicts } from "../../src/stats/verdict.ts";
import { many, normal } from "./random-numbers.ts";

const delta = 0.02;

function cell(seed: string, shift: number, spread = 0.01, rounds = 15) {
  const random = seededRandom(seed);
  return { logRatios: many(rounds, () => shift + spread * normal(random)), delta };
}

const verdictOf = (comparison: Parameters<typeof verdicts>[0][number]) => verdicts([comparison])[0]?.verdict;

test("the gate can fail: a clear slowdown is worse", () => {
  expect(verdictOf(cell("slow", 0.1))).toBe("worse");
});

test("the gate can pass: an unchanged cell is the same", () => {
  expect(verdictOf(cell("calm", 0))).toBe("same");
});

test("a clear gain is better", () => {
  expect(verdictOf(cell("fast", -0.1))).toBe("better");
});

test("noise wider than what matters is unclear, not the same", () => {
  expect(verdictOf(cell("wide", 0, 0.2))).toBe("unclear");
});

test("a sure change that does not matter is the same", () => {
  expect(verdictOf(cell("tiny", 0.005, 0.001))).toBe("same");
});

test("without rounds, or with too few, all is unclear", () => {
  expect(verdicts([{ logRatios: [], delta }])).toEqual([
    { verdict: "unclear", effect: null, pWorse: 1, pBetter: 1 },
  ]);
  expect(verdictOf({ logRatios: [0.5, 0.6, 0.7], delta })).toBe("unclear");
});

test("identical values are the same, unless nothing is too small to matter", () => {
  const logRatios = Array<number>(15).fill(0);
  expect(verdictOf({ logRatios, delta })).toBe("same");
  expect(verdictOf({ logRatios, delta: 0 })).toBe("unclear");
});

test("eight clear rounds are worse for one cell, but not among 48", () => {
  const slow = cell("slow", 0.1, 0.01, 8);
  expect(verdictOf(slow)).toBe("worse");
  const among = verdicts([slow, ...many(47, (index) => cell(`calm ${index}`, 0, 0.01, 8))]);
  expect(among[0]?.verdict).toBe("unclear");
});

test("identical code: even one false alarm among 24 cells is rarer than 5 %, at the edge of what matters", () => {
  const random = seededRandom("edge");
  const family = () => many(24, () => ({ logRatios: many(15, () => delta + 0.02 * normal(random)), delta }));
  const alarms = many(300, () => verdicts(family()).some(({ verdict }) => verdict === "worse"));
  expect(alarms.filter(Boolean).length / alarms.length).toBeLessThanOrEqual(0.05);
});

test("a negative delta and NaN are refused", () => {
  expect(() => verdicts([{ logRatios: [], delta: -1 }])).toThrow("at least 0");
  expect(() => verdicts([{ logRatios: [Number.NaN], delta }])).toThrow("finite");
});
