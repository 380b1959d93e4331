/** How long the rest of a run takes, corrected by every launch that ends. */
import type { Cell } from "../../plan/cell.ts";
import { estimateCellMs, learnDuration } from "../../plan/estimate.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";

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
  /** ms left of cells that were launched on this host before, and what the others are guessed to take. */
  #knownMs = 0;
  #guessedMs = 0;
  /** What cells took that had been guessed, ms, and what had been guessed. */
  #tookMs = 0;
  #wasGuessedMs = 0;

  constructor(input: RemainingInput) {
    this.#durations = input.durations;
    for (const cell of input.cells) this.#launchesLeft.set(cell.id, input.rounds);
    for (const record of input.done) {
      const left = this.#launchesLeft.get(record.cell);
      if (left !== undefined) this.#launchesLeft.set(record.cell, left - 1);
    }
    for (const cell of input.cells) this.#add(cell, this.#left(cell));
  }

  /** Guesses are as wrong as those of this run have been so far. */
  get totalMs(): number {
    const correction = this.#wasGuessedMs === 0 ? 1 : this.#tookMs / this.#wasGuessedMs;
    return Math.max(0, this.#knownMs + correction * this.#guessedMs);
  }

  /** One launch of the cell less to come, whether it was made or left out. */
  passed(cell: Cell): void {
    this.#add(cell, -1);
    this.#launchesLeft.set(cell.id, this.#left(cell) - 1);
  }

  /** What is left of the cell is now expected to take as long as this launch suggests. */
  learned(cell: Cell, launchMs: number): void {
    const left = this.#left(cell);
    this.#add(cell, -left);
    const known = this.#durations[cell.id];
    if (known === undefined) {
      this.#tookMs += launchMs;
      this.#wasGuessedMs += estimateCellMs(cell, this.#durations);
    }
    this.#durations[cell.id] = learnDuration(known, launchMs);
    this.#add(cell, left);
  }

  #add(cell: Cell, launches: number): void {
    const ms = launches * estimateCellMs(cell, this.#durations);
    if (this.#durations[cell.id] === undefined) this.#guessedMs += ms;
    else this.#knownMs += ms;
  }

  #left(cell: Cell): number {
    return this.#launchesLeft.get(cell.id) ?? 0;
  }
}
