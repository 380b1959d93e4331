import type { Mode } from "../summaries/summary-types.ts";
import { type Histogram, histogramCount, histogramQuantile } from "./histogram.ts";
import { type LogDensity, logDensity } from "./log-density.ts";

/** A mode holds at least this share of the calls. */
const SMALLEST_SHARE = 0.05;
/** The valley beside a mode is at most this part of the lower of the two peaks ... */
const DEEPEST_VALLEY = 0.6;
/** ... and lower by this many standard errors, so that few calls do not invent one. */
const CLEAR_BY = 4;
const FEWEST_CALLS = 50;

/**
 * Modes of a distribution of single calls: peaks of its density over a logarithmic axis that stand apart.
 *
 * Peaks are joined, weakest valley first, until every valley between neighbours is clearly below both; then
 * peaks with under 5 % of the calls fall to their neighbour. Peaks closer than about three kernel widths
 * (10 % at best) are one.
 *
 * @param histogram [upper bound, count] of single calls, positive values, any unit
 * @returns in ascending order: centre (median of the mode's calls) and share of all calls; empty when there is
 *   one mode only, or when there are fewer than 50 calls to tell
 */
export function modes(histogram: Histogram): Mode[] {
  const total = histogramCount(histogram);
  const density = logDensity(histogram);
  if (density === null || total < FEWEST_CALLS) return [];
  const valleys = separatingValleys(density);
  const parts = joinSmall(partition(histogram, density, valleys), density, valleys, total);
  if (parts.length < 2) return [];
  return parts.map((part) => ({
    value: histogramQuantile(part, 0.5),
    share: histogramCount(part) / total,
  }));
}

/** Grid points of the valleys that clearly separate two peaks, ascending. */
function separatingValleys(density: LogDensity): number[] {
  const { peaks, valleys } = turningPoints(density.calls);
  for (;;) {
    let weakest = -1;
    let weakness = 0;
    for (const [index, valley] of valleys.entries()) {
      const ratio = doubt(density, valley, peaks[index]!, peaks[index + 1]!);
      if (ratio > weakness) {
        weakest = index;
        weakness = ratio;
      }
    }
    if (weakness <= 1) return valleys;
    const leftIsLower = density.calls[peaks[weakest]!]! < density.calls[peaks[weakest + 1]!]!;
    peaks.splice(leftIsLower ? weakest : weakest + 1, 1);
    valleys.splice(weakest, 1);
  }
}

/** Alternating peaks and valleys; a flat stretch counts once, at its middle. */
function turningPoints(calls: Float64Array): { peaks: number[]; valleys: number[] } {
  const peaks: number[] = [];
  const valleys: number[] = [];
  let rising = true;
  let flatFrom = 0;
  for (let at = 1; at < calls.length; at++) {
    const change = calls[at]! - calls[at - 1]!;
    if (change === 0) continue;
    if (change > 0 !== rising) {
      (rising ? peaks : valleys).push((flatFrom + at - 1) >> 1);
      rising = change > 0;
    }
    flatFrom = at;
  }
  if (rising) peaks.push(flatFrom);
  else if (valleys.length === peaks.length) valleys.pop();
  return { peaks, valleys };
}

/** How far a valley is from separating its peaks: above 1 it does not. */
function doubt(density: LogDensity, valley: number, left: number, right: number): number {
  const peak = Math.min(density.calls[left]!, density.calls[right]!);
  const low = density.calls[valley]!;
  // Calls that a kernel estimate effectively averages: f n h 2 sqrt(pi); its error is that of their count.
  const effective = (2 * Math.sqrt(Math.PI) * density.bandwidth) / density.step;
  const clear = ((peak - low) * effective) / Math.sqrt((peak + low) * effective);
  return Math.max(low / peak / DEEPEST_VALLEY, CLEAR_BY / clear);
}

function partition(histogram: Histogram, density: LogDensity, valleys: readonly number[]): Histogram[] {
  const bounds = valleys.map((valley) => Math.exp(density.origin + valley * density.step));
  const parts: [number, number][][] = Array.from({ length: bounds.length + 1 }, () => []);
  for (const [upper, count] of histogram) {
    const part = bounds.findIndex((bound) => upper <= bound);
    parts.at(part)?.push([upper, count]);
  }
  return parts;
}

/** Gives parts that are too small to the neighbour across the higher valley. */
function joinSmall(
  parts: readonly Histogram[],
  density: LogDensity,
  valleys: readonly number[],
  total: number,
): Histogram[] {
  const kept = [...parts];
  const between = valleys.map((valley) => density.calls[valley]!);
  for (;;) {
    const counts = kept.map(histogramCount);
    const smallest = counts.indexOf(Math.min(...counts));
    if (kept.length < 2 || counts[smallest]! >= SMALLEST_SHARE * total) return kept;
    const toRight = (between[smallest - 1] ?? -1) < (between[smallest] ?? -1);
    const left = toRight ? smallest : smallest - 1;
    kept.splice(left, 2, [...kept[left]!, ...kept[left + 1]!]);
    between.splice(left, 1);
  }
}
