import {
  chanceOfAtLeast,
  flippedT,
  jointFlips,
  type RoundDifferences,
  seenT,
} from "../tests/joint-sign-flips.ts";

export type StepDown = {
  /** p that a metric did not rise (`up`), or did not fall (`down`), adjusted for all of them; in the order given. */
  up: number[];
  down: number[];
  /** What the statistic of one more metric would have to exceed to be called up at `alpha`. */
  critical: number;
};

/**
 * Which of many metrics, measured in the same rounds, changed: Westfall and Young's step-down by the largest
 * statistic, over joint flips of whole rounds.
 *
 * If nothing changed, the two sides of a round could as well have had each other's names: turning any rounds around,
 * for all metrics at once, gives results that were as likely as the one seen. That is exact with any noise and any
 * dependence between metrics, and the chance of even one false alarm among all is at most alpha. Beside Holm's
 * correction, which sees p values only, it sees how far a metric stands out: with 15 rounds no rank test of one
 * metric can tell 30 standard errors from 5, and p can't be below 2^-15 however clear the loss.
 *
 * @param alpha level at which `critical` is read, and that p has to resolve
 * @throws RangeError for a difference that is not finite
 * Source: Westfall and Young, Resampling-Based Multiple Testing (1993), 2.8; Romano and Wolf (2005).
 */
export function stepDownMaxT(family: readonly RoundDifferences[], alpha: number): StepDown {
  for (const { logRatios } of family) {
    if (!logRatios.every(Number.isFinite)) throw new RangeError("differences must be finite numbers");
  }
  const flips = jointFlips(family, alpha);
  const flipped = family.map((one) => flippedT(one, flips));
  const seen = family.map(seenT);
  const rows = (sign: 1 | -1) =>
    seen.map((value, index) => ({ index, seen: sign * value })).sort((x, y) => x.seen - y.seen);
  const adjusted = (sign: 1 | -1, onStep?: (largest: Float32Array, p: number) => void): number[] => {
    const largest = new Float32Array(flips.signs.length).fill(Number.NEGATIVE_INFINITY);
    const steps = rows(sign).map(({ index, seen }) => {
      const own = flipped[index]!;
      for (let flip = 0; flip < own.length; flip++) {
        const one = sign * own[flip]!;
        if (one > largest[flip]!) largest[flip] = one;
      }
      const p = chanceOfAtLeast(seen, largest, flips);
      onStep?.(largest, p);
      return { index, p };
    });
    const result = new Array<number>(family.length);
    let highest = 0;
    for (const { index, p } of steps.reverse()) {
      highest = Math.max(highest, p);
      result[index] = highest;
    }
    return result;
  };
  let ofTheRest: Float32Array | null = null;
  const up = adjusted(1, (largest, p) => {
    // Of those not called up: what stands out further is a loss of its own, and no noise to reckon with.
    if (p > alpha || ofTheRest === null) ofTheRest = largest.slice();
  });
  return { up, down: adjusted(-1), critical: upperQuantile(ofTheRest ?? new Float32Array(), alpha) };
}

/**
 * The same of a family in which many metrics changed, either way: one that rose far and surely stands in the way of one
 * that fell, unless both sides are looked at together and whatever changed steps down.
 *
 * @returns p that a metric did not change, adjusted for all of them; in the order given
 * @throws RangeError for a difference that is not finite
 */
export function stepDownMaxAbsT(family: readonly RoundDifferences[], alpha: number): number[] {
  const flips = jointFlips(family, alpha);
  const largest = new Float32Array(flips.signs.length);
  const rows = family
    .map((one, index) => ({ one, index, seen: Math.abs(seenT(one)) }))
    .sort((x, y) => x.seen - y.seen);
  const steps = rows.map(({ one, index, seen }) => {
    for (const [flip, turned] of flippedT(one, flips).entries()) {
      const own = Math.abs(turned);
      if (own > largest[flip]!) largest[flip] = own;
    }
    return { index, p: chanceOfAtLeast(seen, largest, flips) };
  });
  const result = new Array<number>(family.length);
  let highest = 0;
  for (const { index, p } of steps.reverse()) {
    highest = Math.max(highest, p);
    result[index] = highest;
  }
  return result;
}

/** Largest value that more than a share `alpha` of the values reach, the one that was seen counted in. Sorts them. */
function upperQuantile(values: Float32Array, alpha: number): number {
  const spare = Math.floor(alpha * (values.length + 1)) - 1;
  if (spare < 0) return Number.POSITIVE_INFINITY;
  return values.sort()[values.length - 1 - spare]!;
}
