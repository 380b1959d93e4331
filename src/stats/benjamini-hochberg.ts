/**
 * p values adjusted so that, of all findings below the level, the expected share of false ones stays below it
 * (false discovery rate): for exploring, where `holm` is for gating.
 *
 * @param pValues 0..1, in any order
 * @returns adjusted values in the order given
 * Source: Benjamini and Hochberg (1995).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const n = pValues.length;
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(n);
  let smallest = 1;
  for (const [place, index] of order.entries()) {
    smallest = Math.min(smallest, (pValues[index]! * n) / (n - place));
    adjusted[index] = smallest;
  }
  return adjusted;
}
