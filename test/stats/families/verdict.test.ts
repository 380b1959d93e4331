import { expect, test } from "vitest";
import { seededRandom } from "../../../src/plan/seeded-random.ts";
import { verdicts } from "../../../src/stats/families/verdict.ts";
import { many, normal } from "../random-numbers.ts";

const delta = 0.02;
const ALPHA = 0.05;

function cell(seed: string, shift: number, spread = 0.01, rounds = 15) {
  const random = seededRandom(seed);
  return { logRatios: many(rounds, () => shift + spread * normal(random)), delta };
}

const verdictOf = (comparison: Parameters<typeof verdicts>[0][number]) =>
  verdicts([comparison], ALPHA).verdicts[0]?.verdict;

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
  expect(verdicts([{ logRatios: [], delta }], ALPHA).verdicts).toEqual([
    { verdict: "unclear", effect: null, pWorse: 1, pBetter: 1 },
  ]);
  expect(verdictOf({ logRatios: [0.5, 0.6, 0.7], delta })).toBe("unclear");
});

test("identical values are the same, unless nothing is too small to matter", () => {
  const logRatios = Array<number>(15).fill(0);
  expect(verdictOf({ logRatios, delta })).toBe("same");
  expect(verdictOf({ logRatios, delta: 0 })).toBe("unclear");
});

test("seven clear rounds are worse at 1 %, also among 48; six are not", () => {
  const among = (rounds: number) =>
    verdicts(
      [cell("slow", 0.1, 0.01, rounds), ...many(47, (index) => cell(`calm ${index}`, 0, 0.01, rounds))],
      0.01,
    ).verdicts[0]?.verdict;
  expect(among(7)).toBe("worse");
  expect(among(6)).toBe("unclear");
});

test("three disturbed rounds of 15, all against it, hide no loss", () => {
  const slow = cell("slow", 0.08);
  const logRatios = slow.logRatios.map((value, at) => (at < 3 ? -0.5 : value));
  expect(verdictOf({ logRatios, delta })).toBe("worse");
});

test("a sure loss that just exceeds zero, but not the limit for sure, is not worse", () => {
  expect(verdictOf(cell("edge", 0.02, 0.003))).toBe("unclear");
});

test("identical code: even one false alarm among 24 cells is rarer than 5 %", () => {
  const random = seededRandom("none");
  const family = () => many(24, () => ({ logRatios: many(15, () => 0.05 * normal(random)), delta }));
  const alarms = many(300, () =>
    verdicts(family(), 0.05).verdicts.some(({ verdict }) => verdict === "worse"),
  );
  expect(alarms.filter(Boolean).length / alarms.length).toBeLessThanOrEqual(0.05);
});

test("at the edge of what matters one cell is called worse in about 5 of 100 cases", () => {
  const random = seededRandom("edge");
  const alone = many(600, () =>
    verdictOf({ logRatios: many(15, () => delta + 0.02 * normal(random)), delta }),
  );
  // Three standard errors of 600 cases.
  expect(alone.filter((verdict) => verdict === "worse").length / 600).toBeLessThan(0.077);
});

test("a negative delta and NaN are refused", () => {
  expect(() => verdicts([{ logRatios: [], delta: -1 }], ALPHA)).toThrow("at least 0");
  expect(() => verdicts([{ logRatios: [Number.NaN], delta }], ALPHA)).toThrow("finite");
});
