import { expect, test } from "vitest";
import { DESIGNS, drawRounds, GATE_ROUNDS } from "../../../bench/gate/draw.ts";
import { seededRandom } from "../../../src/plan/seeded-random.ts";

const ROUNDS = Array.from({ length: 200 }, (_, round) => round);
const random = seededRandom("draw");

test.each(DESIGNS)("$name: 15 rounds a side, and a noise floor from rounds of neither", (design) => {
  for (let draw = 0; draw < 200; draw++) {
    const { before, after, floor } = drawRounds(ROUNDS, design, random);
    expect(new Set(before).size).toBe(GATE_ROUNDS);
    expect(new Set(after).size).toBe(GATE_ROUNDS);
    expect(floor).toHaveLength(30);
    expect(floor.some((round) => before.includes(round) || after.includes(round))).toBe(false);
    if (design.paired) expect(after).toEqual(before);
    else expect(after.some((round) => before.includes(round))).toBe(false);
    if (design.consecutive) expect(before.at(-1)! - before[0]!).toBe(GATE_ROUNDS - 1);
  }
});

test("consecutive rounds start anywhere, and either run may be the earlier one", () => {
  const twoRuns = DESIGNS.find(({ paired, consecutive }) => !paired && consecutive)!;
  const draws = Array.from({ length: 2000 }, () => drawRounds(ROUNDS, twoRuns, random));
  const starts = draws.map(({ before }) => before[0]!);
  expect(Math.min(...starts)).toBe(0);
  expect(Math.max(...starts)).toBe(185);
  const earlier = draws.filter(({ before, after }) => before[0]! < after[0]!).length;
  expect(earlier / 2000).toBeCloseTo(0.5, 1);
});
