/** Stops launching a cell that keeps failing, so that one broken cell does not eat the run's time. Pure. */
import type { LaunchRecord } from "../samples/launch-record.ts";

/** A hang costs its whole time limit, any other failure next to nothing. */
const HANGS_IN_A_ROW = 2;
const FAILURES_IN_A_ROW = 3;

export class Quarantine {
  readonly #failures = new Map<string, { hangs: number; all: number }>();
  readonly #closed = new Set<string>();

  /** @returns the reason when this record closes its cell */
  note(record: LaunchRecord): string | null {
    if (record.status === "ok") {
      this.#failures.delete(record.cell);
      return null;
    }
    const before = this.#failures.get(record.cell) ?? { hangs: 0, all: 0 };
    const now = { hangs: record.failure?.kind === "hang" ? before.hangs + 1 : 0, all: before.all + 1 };
    this.#failures.set(record.cell, now);
    if (this.#closed.has(record.cell)) return null;
    if (now.hangs < HANGS_IN_A_ROW && now.all < FAILURES_IN_A_ROW) return null;
    this.#closed.add(record.cell);
    return `failed ${now.all} times in a row (${record.failure?.message ?? "no reason known"})`;
  }

  has(cell: string): boolean {
    return this.#closed.has(cell);
  }
}
