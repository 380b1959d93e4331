/**
 * p values adjusted so that the chance of even one false alarm among all of them stays below the level that
 * they are compared with (family-wise error), however they depend on each other.
 *
 * @param pValues 0..1, in any order
 * @returns adjusted values in the order given
 * Source: Holm (1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  for (const [place, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - place) * pValues[index]!));
    adjusted[index] = largest;
  }
  return adjusted;
}
