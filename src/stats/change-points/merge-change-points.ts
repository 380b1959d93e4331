import { moments } from "../distributions/moments.ts";
import { welchT } from "../tests/welch-t.ts";

export type ChangePoint = {
  /** First index of the new level. */
  index: number;
  /** Welch's t test of the stretch before (back to the last change) against the one after. */
  p: number;
  meanBefore: number;
  meanAfter: number;
  /** |after - before| relative to the smaller of the two; infinite when that is zero. */
  change: number;
};

/** What a change at `index` amounts to between `from` and `to` (exclusive). */
export function changePointAt(
  values: readonly number[],
  from: number,
  index: number,
  to: number,
): ChangePoint {
  const before = values.slice(from, index);
  const after = values.slice(index, to);
  const meanBefore = moments(before).mean;
  const meanAfter = moments(after).mean;
  const shift = Math.abs(meanAfter - meanBefore);
  return {
    index,
    // A stretch of one value proves nothing.
    p: welchT(before, after)?.p ?? 1,
    meanBefore,
    meanAfter,
    change: shift === 0 ? 0 : shift / Math.min(Math.abs(meanBefore), Math.abs(meanAfter)),
  };
}

/**
 * Drops the weakest change point, measures its neighbours anew, and repeats until all that are left pass.
 * The weakest is the one with the largest p while any fails `maxP`, then the one with the smallest change.
 *
 * @param indices candidates, ascending, within 1..length-1
 */
export function mergeChangePoints(
  values: readonly number[],
  indices: readonly number[],
  maxP: number,
  minChange: number,
): ChangePoint[] {
  const kept = [...indices];
  const measure = (place: number) =>
    changePointAt(values, kept[place - 1] ?? 0, kept[place]!, kept[place + 1] ?? values.length);
  const points = kept.map((_, place) => measure(place));
  while (points.length > 0) {
    let weakest = placeOf(points, (point, other) => point.p > other.p);
    if (points[weakest]!.p <= maxP) {
      weakest = placeOf(points, (point, other) => point.change < other.change);
      if (points[weakest]!.change >= minChange) break;
    }
    kept.splice(weakest, 1);
    points.splice(weakest, 1);
    if (weakest > 0) points[weakest - 1] = measure(weakest - 1);
    if (weakest < points.length) points[weakest] = measure(weakest);
  }
  return points;
}

/** Place of the first point that no other is weaker than. */
function placeOf(
  points: readonly ChangePoint[],
  weaker: (a: ChangePoint, b: ChangePoint) => boolean,
): number {
  return points.reduce((best, point, place) => (weaker(point, points[best]!) ? place : best), 0);
}
