/** Cells that a run launches twice in every round, so that it is seen how far two equal cells differ. Pure. */
import { isBaseline } from "../axes/sandbox.ts";
import type { Cell } from "./cell.ts";
import { estimateCellMs, type LearnedDurations } from "./estimate.ts";
import { seededRandom, shuffle } from "./seeded-random.ts";

/** Of the run's time. */
const MOST_TIME_SHARE = 0.05;
const MOST_TWINS = 3;

/** `run --aa`: every planned cell with its twin. */
export function allTwins(cells: readonly Cell[]): Cell[] {
  return cells.filter(({ status }) => status === "planned").map(twin);
}

export type TwinChoice = {
  cells: readonly Cell[];
  durations: LearnedDurations;
  seed: string;
  /** Whether the noise floor of a cell is known already; such cells come last. */
  isKnown(cell: string): boolean;
};

/**
 * The few twins of an ordinary run: one of the baseline and two others, as far as they fit into 5 % of its time. By
 * and by every cell of a matrix gets its turn, since cells with an unknown noise floor go first.
 */
export function fewTwins({ cells, durations, seed, isKnown }: TwinChoice): Cell[] {
  const planned = shuffle(
    cells.filter(({ status }) => status === "planned"),
    seededRandom(`${seed}/twins`),
  );
  const costMs = (cell: Cell) => estimateCellMs(cell, durations);
  let leftMs = MOST_TIME_SHARE * planned.reduce((sum, cell) => sum + costMs(cell), 0);
  const isNative = ({ config }: Cell) => isBaseline(config);
  const order = planned.toSorted((a, b) => Number(isKnown(a.id)) - Number(isKnown(b.id)));
  const chosen: Cell[] = [];
  const take = (candidates: readonly Cell[], most: number) => {
    for (const cell of candidates) {
      if (chosen.length >= most) return;
      if (chosen.includes(cell) || costMs(cell) > leftMs) continue;
      chosen.push(cell);
      leftMs -= costMs(cell);
    }
  };
  take(order.filter(isNative), 1);
  take(
    order.filter((cell) => !isNative(cell)),
    MOST_TWINS,
  );
  return chosen.map(twin);
}

function twin(cell: Cell): Cell {
  return { ...cell, id: `${cell.id}~twin`, twinOf: cell.id };
}
