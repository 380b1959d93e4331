import leven from "leven";

/** The candidate that a mistyped name most probably meant; `null` when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = leven(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  // Past half of the longer name it is another word, not a slip of the finger.
  return best !== null && bestDistance <= Math.max(name.length, best.length) / 2 ? best : null;
}

/** ` Did you mean "systrap"?` or nothing. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const guess = nearest(name, candidates);
  return guess === null ? "" : ` Did you mean "${guess}"?`;
}
