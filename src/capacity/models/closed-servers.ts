import { quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import type { ThroughputPoint } from "./usl.ts";

/**
 * A closed system: N take turns at m servers (the cores), and each spends a fixed time elsewhere in every turn (it waits
 * for a timer, a disk, a peer).
 */
export type ClosedServers = {
  servers: number;
  /** Time of a server for one turn, s. */
  serviceS: number;
  /** Time of a turn away from the servers, s; 0 or more. */
  thinkS: number;
};

/** Turns a second with `n` at once. */
export function closedRate(model: ClosedServers, n: number): number {
  return closedRates(model, n)[n]!;
}

/**
 * Turns a second with 0 … `most` at once: exact mean value analysis of a station with m servers (its marginal probabilities) and
 * a delay.
 * Source: Reiser and Lavenberg, JACM 27 (1980); Bolch et al., Queueing Networks and Markov Chains, 8.2.
 */
function closedRates({ servers, serviceS, thinkS }: ClosedServers, most: number): number[] {
  let below = [1, ...new Array<number>(servers - 1).fill(0)];
  const rates = [0];
  let waiting = 0;
  for (let population = 1; population <= most; population++) {
    const idle = below.reduce((sum, chance, busy) => sum + (servers - busy - 1) * chance, 0);
    const timeS = (serviceS / servers) * (1 + waiting + idle);
    const rate = population / (timeS + thinkS);
    rates.push(rate);
    waiting = rate * timeS;
    below = nextChances(below, rate * serviceS, servers);
  }
  return rates;
}

/** Chances of 0 … m - 1 at the station, for one more in the system. */
function nextChances(before: readonly number[], busyServers: number, servers: number): number[] {
  const chances = new Array<number>(servers).fill(0);
  for (let busy = 1; busy < servers; busy++) chances[busy] = (busyServers / busy) * before[busy - 1]!;
  const rest = chances.reduce((sum, chance, busy) => sum + (servers - busy) * chance, 0);
  // Rounding alone can push it below 0 where the servers are saturated.
  chances[0] = Math.max(0, 1 - (busyServers + rest) / servers);
  return chances;
}

/** Shares of a single turn that are spent at the servers, tried from 2 % to all of it, then refined around the best. */
const COARSE = Array.from({ length: 50 }, (_, index) => (index + 1) / 50);
const REFINEMENTS = 4;

/**
 * Least squares on throughput; for each number of servers and share of a turn spent there, the scale is exact.
 *
 * @param servers how many there are; `null`: whatever fits best, from 1 to the largest n
 */
export function fitClosedServers(
  points: readonly ThroughputPoint[],
  servers: number | null = null,
): ClosedServers {
  const most = Math.max(...points.map(({ n }) => n));
  const counts =
    servers === null ? Array.from({ length: Math.ceil(most) }, (_, index) => index + 1) : [servers];
  return counts
    .map((count) => fitShare(points, count))
    .reduce((best, fit) => (fit.squares < best.squares ? fit : best)).model;
}

type Fit = { model: ClosedServers; squares: number; share: number };

function fitShare(points: readonly ThroughputPoint[], servers: number): Fit {
  const best = (shares: readonly number[]) =>
    shares
      .map((share) => fitScale(points, servers, share))
      .reduce((least, fit) => (fit.squares < least.squares ? fit : least));
  let fit = best(COARSE);
  let width = COARSE[0]!;
  for (let turn = 0; turn < REFINEMENTS; turn++) {
    const around = Array.from({ length: 21 }, (_, index) => fit.share + ((index - 10) / 10) * width);
    fit = best(around.map((share) => Math.min(1, Math.max(1e-6, share))));
    width /= 10;
  }
  return fit;
}

/** Throughput scales with 1 / time, so that the best scale of time is a quotient of sums. */
function fitScale(points: readonly ThroughputPoint[], servers: number, share: number): Fit {
  const unit = { servers, serviceS: share, thinkS: 1 - share };
  const byN = closedRates(unit, Math.max(...points.map(({ n }) => n)));
  const rates = points.map(({ n }) => byN[n]!);
  const fitted = rates.reduce((sum, rate) => sum + rate * rate, 0);
  const scale = points.reduce((sum, { ratePerS }, index) => sum + ratePerS * rates[index]!, 0) / fitted;
  const squares = points.reduce(
    (sum, { ratePerS }, index) => sum + (ratePerS - scale * rates[index]!) ** 2,
    0,
  );
  return { model: { servers, serviceS: share / scale, thinkS: (1 - share) / scale }, squares, share };
}

/** Largest and median share by which a curve misses the mean of the points at one n. */
export function lackOfFit(
  points: readonly ThroughputPoint[],
  curve: (n: number) => number,
): { worst: number; median: number } {
  const levels = Map.groupBy(points, ({ n }) => n);
  const misses = [...levels].map(([n, group]) => {
    const mean = group.reduce((sum, { ratePerS }) => sum + ratePerS, 0) / group.length;
    return Math.abs(curve(n) / mean - 1);
  });
  return { worst: Math.max(...misses), median: quantile(sorted(misses), 0.5) };
}
