/**
 * Fewest rounds with which one cell, however clear, can be called worse after Holm's correction over all gated
 * cells: below, the gate could not fire at all. 10 for 24 cells, 11 for 48.
 *
 * The smallest two-sided p of n rounds is 2^(1-n), and must not exceed alpha / cells.
 *
 * @param cells gated comparisons, at least 1
 * @throws RangeError for cells below 1 or alpha outside 0..1
 */
export function roundsNeeded(cells: number, alpha = 0.05): number {
  if (!(cells >= 1)) throw new RangeError(`cells must be at least 1, got ${cells}`);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha must lie between 0 and 1, got ${alpha}`);
  return Math.ceil(Math.log2((2 * cells) / alpha));
}
