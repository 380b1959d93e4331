/** Which cells go on after a look: those with the widest intervals, as far as the time left reaches. Pure. */
import type { Cell } from "./cell.ts";
import { estimateCellMs, type LearnedDurations } from "./estimate.ts";

export type CellChoice = {
  cells: readonly Cell[];
  /** By cell id: widest interval over its target; > 1 is too wide, infinite where there is none yet. */
  excess: ReadonlyMap<string, number>;
  /** Cells without which a cell's rounds can't be paired: its baseline, its other side, its twin. */
  partnersOf(cell: Cell): readonly Cell[];
  /** Rounds until the next look. */
  rounds: number;
  leftMs: number;
  durations: LearnedDurations;
};

/** @returns ids; empty when every interval is narrow enough. At least the widest cell goes on, whatever it costs. */
export function chooseCells(choice: CellChoice): Set<string> {
  const { cells, excess, partnersOf, rounds, durations } = choice;
  const tooWide = cells
    .filter(({ id }) => (excess.get(id) ?? 0) > 1)
    .toSorted((a, b) => excess.get(b.id)! - excess.get(a.id)!);
  const chosen = new Set<string>();
  let leftMs = choice.leftMs;
  for (const cell of tooWide) {
    const added = [cell, ...partnersOf(cell)].filter(({ id }) => !chosen.has(id));
    const costMs = rounds * added.reduce((sum, one) => sum + estimateCellMs(one, durations), 0);
    if (chosen.size > 0 && costMs > leftMs) continue;
    leftMs -= costMs;
    for (const { id } of added) chosen.add(id);
  }
  return chosen;
}
