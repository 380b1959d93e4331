/** Steers a run by the width of its intervals: with a time budget, or until a comparison is clear. Pure. */
import type { Cell } from "../plan/cell.ts";
import { chooseCells } from "../plan/choose-cells.ts";
import type { LearnedDurations } from "../plan/estimate.ts";
import { isLook, nextLook } from "../plan/looks.ts";
import type { Steering } from "../run/rounds/steering.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { Excess } from "./excess-width.ts";

export type SteerInput = {
  /** Planned ones. */
  cells: readonly Cell[];
  excessOf(launches: readonly LaunchRecord[]): Excess;
  partnersOf(cell: Cell): readonly Cell[];
  durations: LearnedDurations;
  /** Time that launching may take from now on, ms. */
  budgetMs: number;
  nowMs(): number;
  /** Rounds of earlier sessions, the last of which may lack launches. */
  done: number;
  /** All cells run until here. */
  firstLook: number;
};

/**
 * At each planned look the cells whose intervals are narrow enough end, and the others share the time that is left,
 * the widest first. Only widths decide: a rule that saw where the intervals lie would stop when chance looks like a
 * result (20 of 100 unchanged cells after 20 looks).
 *
 * A resumed run decides by the launches before the look that it was in, so it goes on as it would have gone on.
 */
export function steer(input: SteerInput): Steering {
  const startMs = input.nowMs();
  const leftMs = () => Math.max(0, input.budgetMs - (input.nowMs() - startMs));
  const all = new Set(input.cells.map(({ id }) => id));
  let chosen: ReadonlySet<string> | null = null;
  return {
    leftMs,
    choose(round, launches) {
      if (round < input.done - 1) return new Set();
      if (leftMs() === 0) return null;
      if (round < input.firstLook) return all;
      if (chosen === null || round === input.firstLook || isLook(round)) {
        const look = lastLook(round, input.firstLook);
        chosen = chooseCells({
          ...input,
          excess: input.excessOf(launches.filter((launch) => launch.round < look)),
          rounds: nextLook(round) - round,
          leftMs: leftMs(),
        });
      }
      return chosen.size === 0 ? null : chosen;
    },
  };
}

function lastLook(round: number, first: number): number {
  let look = round;
  while (look > first && !isLook(look)) look--;
  return look;
}

/** Cells that are still too wide, the widest first: what a budget could not settle. */
export function unsettled(excess: Excess): { cell: string; excess: number }[] {
  return [...excess]
    .filter(([, width]) => width > 1)
    .map(([cell, width]) => ({ cell, excess: width }))
    .toSorted((x, y) => y.excess - x.excess);
}
