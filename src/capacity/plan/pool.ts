/**
 * Sandboxes that have to stand ready so that a request finds one with this chance. Each taken one is made anew at once, which
 * takes as long as a start; those under way are Poisson with a mean of rate x start (M/G/infinity), and a request misses
 * where all are.
 *
 * @param hitRate 0..1
 * Source: Palm's theorem, as for spare parts (S - 1, S).
 */
export function poolSize(ratePerS: number, startS: number, hitRate: number): number {
  const underWay = ratePerS * startS;
  let chance = Math.exp(-underWay);
  let cumulative = chance;
  let size = 1;
  // The term alone underflows for huge means; there the normal distribution is exact enough.
  if (chance === 0) return Math.ceil(underWay + 4 * Math.sqrt(underWay));
  while (cumulative < hitRate) {
    chance *= underWay / size;
    cumulative += chance;
    size++;
  }
  return size;
}
