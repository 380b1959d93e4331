import { expect, test } from "vitest";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { type Cell, cellId } from "../../../src/plan/cell.ts";
import { estimateCellMs } from "../../../src/plan/estimate.ts";
import { RemainingTime } from "../../../src/run/rounds/remaining-time.ts";

function cell(scenario: string): Cell {
  const config: Configuration = { sandbox: "runc", platform: null, network: "none", seccomp: "none" };
  return { id: cellId(config, scenario), config, scenario, status: "planned", reason: null };
}

const [known, seen, unseen] = [cell("files"), cell("network"), cell("memory")];
const guessMs = estimateCellMs(seen, {});
const fresh = () =>
  new RemainingTime({
    cells: [known, seen, unseen],
    rounds: 10,
    done: [],
    durations: { [known.id]: 100 },
  });

test("before the first launch it is what was learned, and guesses", () => {
  expect(fresh().totalMs).toBeCloseTo(10 * 100 + 20 * guessMs, 6);
});

test("what one guessed cell took corrects the guesses of the others", () => {
  const time = fresh();
  time.passed(seen);
  time.learned(seen, 3 * guessMs);
  expect(time.totalMs).toBeCloseTo(10 * 100 + 9 * 3 * guessMs + 10 * 3 * guessMs, 6);
});

test("a known cell that takes longer corrects itself alone", () => {
  const time = fresh();
  time.passed(known);
  time.learned(known, 200);
  expect(time.totalMs).toBeCloseTo(9 * 120 + 20 * guessMs, 6);
});

test("launches that are left out take no time, and at the end nothing is left", () => {
  const time = fresh();
  for (let round = 0; round < 10; round++) for (const one of [known, seen, unseen]) time.passed(one);
  expect(time.totalMs).toBeCloseTo(0, 6);
});
