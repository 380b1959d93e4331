import { sorted } from "../distributions/sorted.ts";
import { energySplit } from "./energy-split.ts";
import { type ChangePoint, changePointAt, mergeChangePoints } from "./merge-change-points.ts";

/** A split is tried at ten times the final p; merging then removes what does not hold. */
const TRIAL_FACTOR = 10;

export type EDivisiveOptions = {
  /** Largest p of a change point. */
  maxP?: number;
  /** Smallest relative change that counts, 0.05 = 5 %. */
  minChange?: number;
  /** Search in windows of this many values, half overlapping, so that old history does not drown a new change. */
  window?: number;
};

/**
 * Change points of a series: e-divisive splits accepted by Welch's t test, then merged.
 *
 * The t test does not know that the split was chosen among many: pure noise of 60 values yields a change in 4 %
 * of series at maxP 0.001, but one above two standard deviations in 0.3 %. `minChange` is what guards a gate.
 * Otava's t test is fed population deviations (divisor n); this one uses the sample's (n - 1).
 *
 * @param values in time order, any unit
 * @returns ascending; empty when nothing changes or there are fewer than four values
 * @throws RangeError for a value that is not finite, or a window below 4
 * Source: Matteson and James (2014); Fleming et al., Hunter: Using Change Point Detection (2023).
 */
export function eDivisive(values: readonly number[], options: EDivisiveOptions = {}): ChangePoint[] {
  const { maxP = 0.001, minChange = 0, window = values.length } = options;
  if (values.length < 4) return [];
  if (window < 4) throw new RangeError(`a window needs at least 4 values, got ${window}`);
  sorted(values);
  const found = new Set<number>();
  const step = Math.floor(window / 2);
  for (let start = 0; start < values.length; ) {
    const splits = splitUp(values.slice(start, start + window), TRIAL_FACTOR * maxP);
    for (const split of splits) found.add(start + split);
    if (start + window >= values.length) break;
    start = Math.max(start + step, start + (splits.at(-1) ?? 0));
  }
  const indices = [...found].sort((a, b) => a - b);
  return mergeChangePoints(values, indices, maxP, minChange);
}

/** Indices of accepted splits, ascending, by recursion into both parts. */
function splitUp(values: readonly number[], maxP: number): number[] {
  const split = energySplit(values);
  if (split === null) return [];
  if (changePointAt(values, 0, split.index, values.length).p > maxP) return [];
  const right = splitUp(values.slice(split.index), maxP).map((index) => index + split.index);
  return [...splitUp(values.slice(0, split.index), maxP), split.index, ...right];
}
