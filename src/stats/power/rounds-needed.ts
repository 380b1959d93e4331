/**
 * Fewest rounds with which a paired comparison can call anything worse, however clear it is: below, the gate could
 * not fire at all. 7 at 1 %, whatever the number of metrics.
 *
 * Of the 2^n ways to flip n rounds the one that was seen is itself as extreme as it is, so p is at least 2^-n.
 *
 * @throws RangeError for alpha outside 0..1
 */
export function roundsNeeded(alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie between 0 and 1, got ${alpha}`);
  return Math.ceil(-Math.log2(alpha));
}
