/** Throughput against how many run at once: two laws side by side, and which of them may be used. */
import { seededRandom } from "../../plan/seeded-random.ts";
import { quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import { type ClosedServers, closedRate, fitClosedServers, lackOfFit } from "./closed-servers.ts";
import { resampled } from "./resample.ts";
import { fitUsl, type ThroughputPoint, type Usl, uslPeak, uslRate } from "./usl.ts";

type Bounds = { value: number; low: number; high: number };

type LawName = "usl" | "closed-servers";

type ThroughputLaw = {
  law: LawName;
  /** Usl: alpha, beta, gamma. Closed servers: servers, serviceS, thinkS. With 95 % intervals. */
  parameters: Record<string, Bounds>;
  /** Share by which it misses the mean at the n where it misses most. */
  worstMiss: number;
  /** Of n at the highest throughput; `null` where no peak is identified. */
  peak: Bounds | null;
  /** Why it must not be used; empty where it may. */
  refused: string[];
};

export type ThroughputModels = {
  points: readonly ThroughputPoint[];
  laws: ThroughputLaw[];
  /** The law to read: the one that misses least of those that are not refused. `null`: the points alone. */
  chosen: LawName | null;
};

/** Three parameters, and as many points again to tell whether they fit. */
const FEWEST_LEVELS = 6;
const WORST_MISS = 0.1;
const REPLICAS = 400;

/**
 * Intervals by the bootstrap (percentiles): repeats at each n are drawn anew; with one repeat each, residuals are.
 *
 * @param servers cores that the work has; `null`: fitted
 * @param seed of the bootstrap
 */
export function throughputModels(
  points: readonly ThroughputPoint[],
  servers: number | null,
  seed: string,
): ThroughputModels {
  const levels = new Set(points.map(({ n }) => n)).size;
  if (levels < FEWEST_LEVELS) {
    const refused = [`${levels} levels of concurrency were measured, and a law needs ${FEWEST_LEVELS}`];
    const empty = { parameters: {}, worstMiss: Number.NaN, peak: null, refused };
    return {
      points,
      laws: [
        { law: "usl", ...empty },
        { law: "closed-servers", ...empty },
      ],
      chosen: null,
    };
  }
  const laws = [uslLaw(points, seed), closedLaw(points, servers, seed)];
  const usable = laws.filter(({ refused }) => refused.length === 0);
  const best = usable.toSorted((a, b) => a.worstMiss - b.worstMiss)[0];
  return { points, laws, chosen: best?.law ?? null };
}

function uslLaw(points: readonly ThroughputPoint[], seed: string): ThroughputLaw {
  const fit = fitUsl(points);
  const curve = (n: number) => uslRate(fit, n);
  const fits = replicas(points, curve, seed).map(fitUsl);
  const bounds = (read: (usl: Usl) => number) => boundsOf(read(fit), fits.map(read));
  const beta = bounds((usl) => usl.beta);
  const hasPeak = beta.low > 0;
  return {
    law: "usl",
    parameters: { alpha: bounds((usl) => usl.alpha), beta, gamma: bounds((usl) => usl.gamma) },
    peak: hasPeak ? bounds((usl) => uslPeak(usl) ?? Number.POSITIVE_INFINITY) : null,
    ...judged(points, curve, hasPeak ? [] : ["no peak identified: the interval of its kappa (beta) holds 0"]),
  };
}

function closedLaw(points: readonly ThroughputPoint[], servers: number | null, seed: string): ThroughputLaw {
  const fit = fitClosedServers(points, servers);
  const curve = (n: number) => closedRate(fit, n);
  const fits = replicas(points, curve, seed).map((drawn) => fitClosedServers(drawn, fit.servers));
  const bounds = (read: (model: ClosedServers) => number) => boundsOf(read(fit), fits.map(read));
  return {
    law: "closed-servers",
    parameters: {
      servers: bounds((model) => model.servers),
      serviceS: bounds((model) => model.serviceS),
      thinkS: bounds((model) => model.thinkS),
    },
    peak: null,
    ...judged(points, curve, []),
  };
}

function judged(
  points: readonly ThroughputPoint[],
  curve: (n: number) => number,
  refused: string[],
): Pick<ThroughputLaw, "worstMiss" | "refused"> {
  const { worst } = lackOfFit(points, curve);
  const misses =
    worst > WORST_MISS
      ? [`it misses a point by ${Math.round(worst * 100)} %, more than ${WORST_MISS * 100} %`]
      : [];
  return { worstMiss: worst, refused: [...refused, ...misses] };
}

function replicas(
  points: readonly ThroughputPoint[],
  curve: (n: number) => number,
  seed: string,
): ThroughputPoint[][] {
  const random = seededRandom(seed);
  return Array.from({ length: REPLICAS }, () => resampled(points, curve, random));
}

/** 95 %. */
function boundsOf(value: number, drawn: readonly number[]): Bounds {
  const finite = sorted(drawn.map((one) => (Number.isFinite(one) ? one : Number.MAX_VALUE)));
  const low = Math.min(value, quantile(finite, 0.025));
  const high = Math.max(value, quantile(finite, 0.975));
  return { value, low, high: high === Number.MAX_VALUE ? Number.POSITIVE_INFINITY : high };
}
