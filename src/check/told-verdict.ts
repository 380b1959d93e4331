/** What an upgrade or a flag may be said to do. Pure. */
import { CHANGE_DEFAULTS } from "../config/defaults.ts";
import type { VerdictName } from "./comparison-types.ts";

/** "The same" within a limit so wide (a noise floor of a busy hour) tells a reader nothing: it is unclear. */
export function toldVerdict(verdict: VerdictName, delta: number): VerdictName {
  return verdict === "same" && delta > CHANGE_DEFAULTS.widestSame ? "unclear" : verdict;
}
