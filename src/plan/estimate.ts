/** How long a run will take: from what launches took here before, else from rough defaults. Pure. */
import { factsOf } from "../axes/sandbox.ts";
import type { Cell } from "./cell.ts";

/** Mean duration of a launch of a cell on this host, ms, by cell id. */
export type LearnedDurations = Readonly<Record<string, number>>;

/** Work of a scenario that was never run here, ms: the mean of reports/sample, but for `startup`. */
const WORK_MS = 190;

export type TimeEstimate = {
  totalMs: number;
  /** Share of the planned cells whose duration was learned from earlier runs, 0..1. */
  learnedShare: number;
};

export function estimateCellMs(cell: Cell, learned: LearnedDurations): number {
  const known = knownMs(cell, learned);
  if (known !== undefined) return known;
  return factsOf(cell.config).startupMs + (cell.scenario === "startup" ? 0 : WORK_MS);
}

/** A twin takes what its cell took. */
function knownMs({ id, twinOf }: Cell, learned: LearnedDurations): number | undefined {
  return learned[id] ?? (twinOf === undefined ? undefined : learned[twinOf]);
}

export function estimateRun(cells: readonly Cell[], rounds: number, learned: LearnedDurations): TimeEstimate {
  const planned = cells.filter((cell) => cell.status === "planned");
  const known = planned.filter((cell) => knownMs(cell, learned) !== undefined).length;
  return {
    totalMs: rounds * planned.reduce((sum, cell) => sum + estimateCellMs(cell, learned), 0),
    learnedShare: planned.length === 0 ? 0 : known / planned.length,
  };
}

/** New knowledge after a launch: a running mean that forgets slowly, so that one slow day passes. */
export function learnDuration(previous: number | undefined, durationMs: number): number {
  return previous === undefined ? durationMs : previous + 0.2 * (durationMs - previous);
}
