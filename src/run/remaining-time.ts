/** How long the rest of a run takes, corrected by every launch that ends. */
import type { Cell } from "../plan/cell.ts";
import { estimateCellMs, learnDuration } from "../plan/estimate.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";

export type RemainingInput = {
  cells: readonly Cell[];
  rounds: number;
  done: readonly LaunchRecord[];
  /** ms a launch by cell id; updated by `learned`. */
  durations: Record<string, number>;
};

export class RemainingTime {
  readonly #durations: Record<string, number>;
  readonly #launchesLeft = new Map<string, number>();
  #totalMs = 0;

  constructor(input: RemainingInput) {
    this.#durations = input.durations;
    for (const cell of input.cells) this.#launchesLeft.set(cell.id, input.rounds);
    for (const record of input.done) {
      const left = this.#launchesLeft.get(record.cell);
      if (left !== undefined) this.#launchesLeft.set(record.cell, left - 1);
    }
    for (const cell of input.cells) this.#totalMs += this.#left(cell) * estimateCellMs(cell, input.durations);
  }

  get totalMs(): number {
    return Math.max(0, this.#totalMs);
  }

  /** One launch of the cell less to come, whether it was made or left out. */
  passed(cell: Cell): void {
    this.#totalMs -= estimateCellMs(cell, this.#durations);
    this.#launchesLeft.set(cell.id, this.#left(cell) - 1);
  }

  /** What is left of the cell is now expected to take as long as this launch suggests. */
  learned(cell: Cell, launchMs: number): void {
    const before = estimateCellMs(cell, this.#durations);
    this.#durations[cell.id] = learnDuration(this.#durations[cell.id], launchMs);
    this.#totalMs += this.#left(cell) * (estimateCellMs(cell, this.#durations) - before);
  }

  #left(cell: Cell): number {
    return this.#launchesLeft.get(cell.id) ?? 0;
  }
}
