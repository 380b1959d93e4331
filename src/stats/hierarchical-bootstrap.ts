import { type Random, seededRandom } from "../plan/seeded-random.ts";
import { quantile } from "./distributions/quantile.ts";
import { type Sorted, sorted } from "./distributions/sorted.ts";

/** Figures of one side: one array a launch, its iterations or batches inside. */
export type Launches = readonly (readonly number[])[];

export type BootstrapOptions = {
  resamples?: number;
  confidence?: number;
  /** The same seed gives the same interval. */
  seed?: string;
};

/**
 * Interval of ln(mean new / mean old) for two runs that share no rounds: resample launches with replacement,
 * then iterations within each, and take percentiles of the log ratio.
 *
 * @param old positive figures; at least two launches, none of them empty; the same for `fresh`
 * @returns estimate and percentile interval, all in ln units
 * @throws RangeError for fewer launches, an empty one, or a figure that is not positive and finite
 * Source: Ren et al. (2010); Kalibera and Jones (2013), 7.
 * Its coverage depends on where the noise sits. With 10 launches: 93 % where launches alone differ, 97 % where
 * iterations do, since their noise is then drawn twice; 90 % with 5 launches that differ.
 */
export function bootstrapLogRatio(
  old: Launches,
  fresh: Launches,
  options: BootstrapOptions = {},
): { estimate: number; low: number; high: number } {
  const { resamples = 10_000, confidence = 0.95, seed = "bootstrap" } = options;
  for (const side of [old, fresh]) requirePositive(side);
  const random = seededRandom(seed);
  const oldMeans = resampledMeans(old, resamples, random);
  const freshMeans = resampledMeans(fresh, resamples, random);
  const ratios = sorted(freshMeans.map((mean, index) => Math.log(mean / oldMeans[index]!)));
  const { low, high } = percentileInterval(ratios, confidence);
  return { estimate: Math.log(meanOfMeans(fresh) / meanOfMeans(old)), low, high };
}

/**
 * Mean of launch means of each resample, in the order drawn. A launch of one figure draws no number for it.
 *
 * @param launches none of them empty
 */
export function resampledMeans(launches: Launches, resamples: number, random: Random): number[] {
  const pick = (size: number) => (size === 1 ? 0 : Math.floor(random() * size));
  return Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < launches.length; drawn++) {
      const launch = launches[pick(launches.length)]!;
      let inner = 0;
      for (let iteration = 0; iteration < launch.length; iteration++) inner += launch[pick(launch.length)]!;
      sum += inner / launch.length;
    }
    return sum / launches.length;
  });
}

/** The middle part of bootstrap results, by quantiles of type 7. */
export function percentileInterval(results: Sorted, confidence = 0.95): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  return { low: quantile(results, tail), high: quantile(results, 1 - tail) };
}

function meanOfMeans(launches: Launches): number {
  const means = launches.map((launch) => launch.reduce((sum, value) => sum + value, 0) / launch.length);
  return means.reduce((sum, mean) => sum + mean, 0) / means.length;
}

function requirePositive(launches: Launches): void {
  if (launches.length < 2) throw new RangeError(`need at least 2 launches a side, got ${launches.length}`);
  for (const launch of launches) {
    if (launch.length === 0) throw new RangeError("a launch without figures cannot be resampled");
    if (!launch.every((value) => value > 0 && Number.isFinite(value))) {
      throw new RangeError("a log ratio needs positive finite figures");
    }
  }
}
