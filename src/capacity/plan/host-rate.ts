/** The rate at which one host still keeps its promise. */
import { seededRandom } from "../../plan/seeded-random.ts";
import { poissonArrivals, traceArrivals } from "../simulate/arrivals.ts";
import { simulateQueue } from "../simulate/queue.ts";
import type { Slo } from "../units.ts";
import type { Demand } from "./demand.ts";

/** Arrivals at one a second; at another rate they stand closer or further apart, in the same order. */
export type Course = { arrivalsS: Float64Array; demand: Demand; servers: number };

/** The beginning, in which the queue is still empty, counts for nothing. */
const WARM_UP = 0.1;
/** The bisection ends when the rate is known so exactly. */
const EXACT = 0.005;

export function courseArrivals(traceS: readonly number[] | null, count: number, seed: string): Float64Array {
  const random = seededRandom(`${seed}/arrivals`);
  return traceS === null ? poissonArrivals(1, count, random) : traceArrivals(traceS, 1, count, random);
}

/**
 * Share of the answers that come later: what decides about a quantile without sorting for it.
 * @param ratePerS `null`: so seldom that nobody waits
 */
function lateShare(course: Course, ratePerS: number | null, limitS: number): number {
  const { answerS } = course.demand;
  const { waitsS, from } =
    ratePerS === null ? { waitsS: new Float64Array(answerS.length), from: 0 } : waitsAt(course, ratePerS);
  let late = 0;
  for (let index = from; index < waitsS.length; index++) {
    if (waitsS[index]! + answerS[index]! > limitS) late++;
  }
  return late / (waitsS.length - from);
}

function waitsAt({ arrivalsS, demand, servers }: Course, ratePerS: number) {
  const scaled = new Float64Array(arrivalsS.length);
  for (let index = 0; index < scaled.length; index++) scaled[index] = arrivalsS[index]! / ratePerS;
  const { waitsS } = simulateQueue({ arrivalsS: scaled, servicesS: demand.heldS, servers });
  return { waitsS, from: Math.floor(waitsS.length * WARM_UP) };
}

/** Times from arrival to answer at this rate, ascending, s; without the warm-up. */
export function answersAt(course: Course, ratePerS: number): Float64Array {
  const { waitsS, from } = waitsAt(course, ratePerS);
  return waitsS
    .subarray(from)
    .map((wait, index) => wait + course.demand.answerS[from + index]!)
    .sort();
}

export function meanWaitAt(course: Course, ratePerS: number): number {
  const { waitsS, from } = waitsAt(course, ratePerS);
  let sum = 0;
  for (let index = from; index < waitsS.length; index++) sum += waitsS[index]!;
  return sum / (waitsS.length - from);
}

/** Of type 7, as everywhere. */
export function quantileOf(sortedS: Float64Array, q: number): number {
  const place = (sortedS.length - 1) * q;
  const below = Math.floor(place);
  const low = sortedS[below]!;
  return low + (sortedS[Math.min(below + 1, sortedS.length - 1)]! - low) * (place - below);
}

/** The quantile where nobody waits: no host, and no number of hosts, answers faster. */
export function bestAchievableS({ demand }: Course, q: number): number {
  return quantileOf(Float64Array.from(demand.answerS).sort(), q);
}

/**
 * Highest rate that keeps the promise, a second; 0 where none does. Closer arrivals never shorten a wait, so bisection finds it.
 * It stays below saturation, where no finite course tells the truth.
 */
export function highestRate(course: Course, slo: Slo): number {
  if (lateShare(course, null, slo.limitS) > 1 - slo.quantile) return 0;
  const keeps = (rate: number) => lateShare(course, rate, slo.limitS) <= 1 - slo.quantile;
  const { heldS } = course.demand;
  const saturated = (course.servers * heldS.length) / heldS.reduce((sum, time) => sum + time, 0);
  let [low, high] = [0, saturated];
  while (high - low > EXACT * high) {
    const middle = (low + high) / 2;
    if (keeps(middle)) low = middle;
    else high = middle;
  }
  return low;
}
