/** A comparison -> what the gate answers. */
import type { Comparison } from "../../check/comparison-types.ts";

export type GateOutcome = "done" | "worse" | "unclear" | "someCellsFailed";

/**
 * The worst news wins: worse, then cells that failed without ever having been measured, then unclear.
 *
 * @param failed cells of the new side without one good launch
 */
export function gateOutcome(
  { comparison, failed }: { comparison: Comparison; failed: readonly string[] },
  strict: boolean,
): GateOutcome {
  if (comparison.outcome === "worse") return "worse";
  if (failed.length > 0) return "someCellsFailed";
  return strict && comparison.outcome === "unclear" ? "unclear" : "done";
}
