import { type Histogram, histogramCount, histogramQuantile } from "./histogram.ts";

/** Calls a grid point would hold, over a logarithmic axis; points are `step` apart in ln(value). */
export type LogDensity = {
  /** ln(value) of the first point. */
  origin: number;
  step: number;
  /** Width of the kernel, in ln units: what lies closer together cannot be told apart. */
  bandwidth: number;
  /** Smoothed number of calls a point; sums to the number of calls. */
  calls: Float64Array;
};

const NARROWEST = 0.03;
const WIDEST = 0.25;
const POINTS_PER_BANDWIDTH = 4;
const KERNEL_REACH = 4;

/**
 * Gaussian kernel density of positive values on a logarithmic axis, from a sparse histogram.
 *
 * The kernel is Silverman's robust rule of thumb held within 3 % .. 25 %, and is widened where the values
 * themselves are coarse (a clock with 100 ns ticks reads 100, 200, 300): else each tick would look like a peak.
 *
 * @returns `null` when the histogram holds no positive value
 * Source: Silverman, Density Estimation (1986), 3.4.2.
 */
export function logDensity(histogram: Histogram): LogDensity | null {
  const positive = histogram.filter(([upper]) => upper > 0);
  const first = positive[0];
  const last = positive.at(-1);
  if (first === undefined || last === undefined) return null;
  const bandwidth = bandwidthOf(positive);
  const tick = smallestGap(positive);
  const step = bandwidth / POINTS_PER_BANDWIDTH;
  const widthAt = (value: number) => Math.max(bandwidth, Math.log1p(tick / value));
  const margin = KERNEL_REACH * widthAt(first[0]);
  const origin = Math.log(first[0]) - margin;
  const points = Math.ceil((Math.log(last[0]) - origin + margin) / step) + 1;
  const binned = new Float64Array(points);
  for (const [upper, count] of positive) {
    const place = (Math.log(upper) - origin) / step;
    const below = Math.floor(place);
    binned[below] = binned[below]! + count * (1 - (place - below));
    binned[below + 1] = binned[below + 1]! + count * (place - below);
  }
  const calls = new Float64Array(points);
  for (const [point, count] of binned.entries()) {
    if (count > 0) spread(calls, point, count, widthAt(Math.exp(origin + point * step)) / step);
  }
  return { origin, step, bandwidth, calls };
}

/** Adds `count` around `point` as a Gaussian with standard deviation `width`, in points; none of it is lost. */
function spread(calls: Float64Array, point: number, count: number, width: number): void {
  const reach = Math.ceil(KERNEL_REACH * width);
  const from = Math.max(0, point - reach);
  const to = Math.min(calls.length - 1, point + reach);
  let total = 0;
  for (let at = from; at <= to; at++) total += Math.exp(-0.5 * ((at - point) / width) ** 2);
  for (let at = from; at <= to; at++) {
    calls[at] = calls[at]! + (count * Math.exp(-0.5 * ((at - point) / width) ** 2)) / total;
  }
}

function bandwidthOf(positive: Histogram): number {
  const n = histogramCount(positive);
  const mean = positive.reduce((sum, [upper, count]) => sum + count * Math.log(upper), 0) / n;
  const squares = positive.reduce((sum, [upper, count]) => sum + count * (Math.log(upper) - mean) ** 2, 0);
  const quartiles = Math.log(histogramQuantile(positive, 0.75) / histogramQuantile(positive, 0.25));
  const scale = Math.min(Math.sqrt(squares / n), quartiles / 1.349);
  return Math.min(WIDEST, Math.max(NARROWEST, 0.9 * scale * n ** -0.2));
}

/** Smallest distance between values: one tick of the clock. 0 for one or two values, which show no grid. */
function smallestGap(positive: Histogram): number {
  if (positive.length < 3) return 0;
  let gap = Number.POSITIVE_INFINITY;
  for (let index = 1; index < positive.length; index++) {
    gap = Math.min(gap, positive[index]![0] - positive[index - 1]![0]);
  }
  return gap;
}
