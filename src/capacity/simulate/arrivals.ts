import type { Random } from "../../plan/seeded-random.ts";
import { type RandomTime, randomTime } from "./random-times.ts";

/** Arrivals of a Poisson process from time 0 on, s. */
export function poissonArrivals(ratePerS: number, count: number, random: Random): Float64Array {
  return cumulative(randomTime({ kind: "exponential", meanS: 1 / ratePerS }, random), count);
}

/**
 * Arrivals that follow each other as those of a trace do: the trace from a random place on, around its end again, at the
 * rate asked for. Bursts of the trace stay bursts.
 *
 * @param traceS at least two, ascending, s
 */
export function traceArrivals(
  traceS: readonly number[],
  ratePerS: number,
  count: number,
  random: Random,
): Float64Array {
  const gaps = traceS.slice(1).map((time, index) => time - traceS[index]!);
  const meanGap = (traceS.at(-1)! - traceS[0]!) / gaps.length;
  const scale = 1 / (ratePerS * meanGap);
  let at = Math.floor(random() * gaps.length);
  return cumulative(() => gaps[at++ % gaps.length]! * scale, count);
}

function cumulative(gap: RandomTime, count: number): Float64Array {
  const arrivals = new Float64Array(count);
  let now = 0;
  for (let index = 0; index < count; index++) {
    now += gap();
    arrivals[index] = now;
  }
  return arrivals;
}

/** So many draws. */
export function times(draw: RandomTime, count: number): Float64Array {
  return new Float64Array(count).map(draw);
}
