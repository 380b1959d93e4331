import { type Random, seededRandom } from "../plan/seeded-random.ts";
import { sorted } from "./distributions/sorted.ts";
import { type Alternative, pValueOf } from "./tests/alternative.ts";

/** Up to here all 2^n flips are made; they take about 1 ms. */
const MOST_ENUMERATED = 16;
const RANDOM_FLIPS = 9999;

/**
 * Permutation test that the mean of paired differences is zero, by flipping their signs.
 *
 * All 2^n flips up to n = 16; above, 9,999 seeded ones with p = (b + 1) / (B + 1), so that p is never 0.
 * Where a few wild rounds must not decide, use `signedRankTest`.
 *
 * @param differences one a round
 * @param seed only used above n = 16
 * @returns p; 1 for no differences
 * @throws RangeError for a difference that is not finite
 * Source: Phipson and Smyth, Permutation p-values should never be zero (2010).
 */
export function signFlipTest(
  differences: readonly number[],
  alternative: Alternative = "two-sided",
  seed = "sign-flip",
): number {
  sorted(differences);
  const seen = differences.reduce((sum, difference) => sum + difference, 0);
  // Sums of the same numbers in another order differ in the last digits; those are ties.
  const slack = 1e-12 * differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const exact = differences.length <= MOST_ENUMERATED;
  const sums = exact ? allFlips(differences) : randomFlips(differences, seededRandom(seed));
  const added = exact ? 0 : 1;
  let total = added;
  let atMost = added;
  let atLeast = added;
  for (const sum of sums) {
    total++;
    if (sum <= seen + slack) atMost++;
    if (sum >= seen - slack) atLeast++;
  }
  return pValueOf(atMost / total, atLeast / total, alternative);
}

function* allFlips(differences: readonly number[]): Generator<number> {
  for (let flips = 0; flips < 2 ** differences.length; flips++) {
    yield differences.reduce(
      (sum, difference, bit) => sum + ((flips >> bit) & 1 ? -difference : difference),
      0,
    );
  }
}

function* randomFlips(differences: readonly number[], random: Random): Generator<number> {
  for (let flips = 0; flips < RANDOM_FLIPS; flips++) {
    yield differences.reduce((sum, difference) => sum + (random() < 0.5 ? -difference : difference), 0);
  }
}
