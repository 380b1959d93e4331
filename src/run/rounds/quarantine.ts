/**
 * Stops launching what keeps failing, so that one broken cell, or one platform that starts no more, does not eat
 * the run's time. Pure.
 */
import type { LaunchRecord } from "../../samples/launch-record.ts";

/** A hang costs its whole time limit, any other failure next to nothing. */
const HANGS_IN_A_ROW = 2;
const FAILURES_IN_A_ROW = 3;

/** Launches that share what starts them: a platform of runsc, or another sandbox. */
type Start = { good: number; hangs: number; failures: number; closed: boolean };

export class Quarantine {
  readonly #failures = new Map<string, { hangs: number; all: number }>();
  readonly #closed = new Set<string>();
  readonly #starts = new Map<string, Start>();

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

  /**
   * Counts a launch for what started it: only a launch that never came to its program's first line speaks against it.
   *
   * @param start `runsc/kvm`, `runc`
   * @returns how far it is under suspicion: `trial` = a trivial program should tell; `close` = enough without one
   */
  noteStart(start: string, record: LaunchRecord): "none" | "trial" | "close" {
    const state = this.#starts.get(start) ?? { good: 0, hangs: 0, failures: 0, closed: false };
    this.#starts.set(start, state);
    if (record.status === "ok") state.good += 1;
    if (record.phases.readyNs !== null || record.failure?.kind === "harness") {
      state.hangs = 0;
      state.failures = 0;
      return "none";
    }
    state.failures += 1;
    if (record.failure?.kind === "hang") state.hangs += 1;
    if (state.hangs >= HANGS_IN_A_ROW) return "close";
    return state.hangs > 0 || state.failures >= FAILURES_IN_A_ROW ? "trial" : "none";
  }

  /** The trivial program starts: what was seen is the cell's own doing. */
  acquit(start: string): void {
    const state = this.#starts.get(start);
    if (state !== undefined) Object.assign(state, { hangs: 0, failures: 0 });
  }

  closeStart(start: string): void {
    const state = this.#starts.get(start);
    if (state !== undefined) state.closed = true;
  }

  goodLaunches(start: string): number {
    return this.#starts.get(start)?.good ?? 0;
  }

  /** @param start what starts the cell; null for native, which nothing starts */
  has(cell: string, start: string | null = null): boolean {
    return this.#closed.has(cell) || (start !== null && this.#starts.get(start)?.closed === true);
  }
}
