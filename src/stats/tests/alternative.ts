/** What a test looks for: a difference either way, above zero, or below zero. */
export type Alternative = "two-sided" | "greater" | "less";

/** p of a test from the chances of a statistic at most, and at least, as large as the one seen. */
export function pValueOf(atMost: number, atLeast: number, alternative: Alternative): number {
  if (alternative === "less") return Math.min(1, atMost);
  if (alternative === "greater") return Math.min(1, atLeast);
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}
