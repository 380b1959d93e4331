/** Decides between rounds which cells go on; made by whoever can judge intervals. */
import type { LaunchRecord } from "../../samples/launch-record.ts";

export interface Steering {
  /**
   * Asked before every round, also before those that an earlier session has finished.
   * @param launches all that were kept so far
   * @returns ids of the cells to launch in it; `null` when the run is over
   */
  choose(round: number, launches: readonly LaunchRecord[]): ReadonlySet<string> | null;
  /** Time to the end at the latest, ms; 0 = launch no more. */
  leftMs(): number;
}
