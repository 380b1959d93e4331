import { monotonicNs } from "./monotonic.ts";

/**
 * The wall-clock limit of a launch. Time in which the harness did not run does not count: it had no chance to see the
 * program end, and where the whole machine stood still the program had none to end.
 */
export class LaunchLimit {
  #timer: NodeJS.Timeout;

  /** @param absentNs ns in which the harness did not run, since before this was made */
  constructor(limitMs: number, absentNs: () => number, onPassed: () => void) {
    const startNs = monotonicNs();
    const absentAtStartNs = absentNs();
    const passed = (): void => {
      const countedNs = monotonicNs() - startNs - (absentNs() - absentAtStartNs);
      const leftMs = limitMs - countedNs / 1e6;
      if (leftMs < 1) onPassed();
      else this.#timer = setTimeout(passed, leftMs);
    };
    this.#timer = setTimeout(passed, limitMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
