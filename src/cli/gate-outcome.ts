/** A verdict -> an exit code. */
import type { Comparison } from "../check/comparison-types.ts";
import type { EXIT } from "./output/exit-codes.ts";

/**
 * The worst news wins: worse, then cells that failed without ever having been measured, then unclear.
 *
 * @param failed cells of the new side without one good launch
 */
export function gateOutcome(
  { comparison, failed }: { comparison: Comparison; failed: readonly string[] },
  strict: boolean,
): keyof typeof EXIT {
  if (comparison.outcome === "worse") return "worse";
  if (failed.length > 0) return "someCellsFailed";
  return strict && comparison.outcome === "unclear" ? "unclear" : "done";
}
