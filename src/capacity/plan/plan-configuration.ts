/** From traffic and what a configuration was measured to cost, to hosts. */
import { seededRandom } from "../../plan/seeded-random.ts";
import { quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import { allenCunneenWaitS, load } from "../models/waiting.ts";
import { variation } from "../simulate/random-times.ts";
import { busyCpus, drawDemand, mean, resampledCosts } from "./demand.ts";
import {
  answersAt,
  bestAchievableS,
  type Course,
  courseArrivals,
  highestRate,
  meanWaitAt,
  quantileOf,
} from "./host-rate.ts";
import { poolSize } from "./pool.ts";
import { crowding, declaredSlots, physicalSlots, podFixedBytes, programBytes, type Slots } from "./slots.ts";
import type { HostResources, MeasuredCosts, Traffic } from "./traffic.ts";

/** 90 %. */
export type Band = { value: number; low: number; high: number };

export type ConfigurationPlan = {
  configuration: string;
  /** Launches behind the start-up times. */
  launches: number;
  physical: Slots;
  declared: Slots;
  /** Admitted at once; more wait in a queue before the host. */
  admitted: number;
  /** Highest rate at which one host keeps the promise, headroom not taken off. */
  hostRatePerS: Band;
  /** `null` where no number of hosts keeps the promise. */
  hosts: { needed: Band; withOneLost: Band; ratePerHost: number; loadPerHost: number } | null;
  /** At the planned rate a host, one of them lost, s. */
  answer: { p50S: number; p95S: number; p99S: number; sloS: number; meanWaitS: Band } | null;
  /** The promised quantile where nobody waits, s. */
  bestAchievableS: number;
  /** Allen and Cunneen's mean wait at the same rate, s: a check of the simulation; `null` with a trace. */
  checkWaitS: number | null;
  /** Ready sandboxes a host so that as many requests find one as the promise has answers in time. */
  poolPerHost: number | null;
  podFixedBytes: number | null;
  programBytes: number | null;
  busyCpus: number;
  /** Half-width of the band of a host's rate, as a share. */
  sureness: number;
  warnings: string[];
};

export type PlanEffort = { arrivals: number; replicas: number; seed: string };

export const PLAN_EFFORT: Omit<PlanEffort, "seed"> = { arrivals: 20_000, replicas: 40 };

export function planConfiguration(
  traffic: Traffic,
  host: HostResources,
  costs: MeasuredCosts,
  effort: PlanEffort,
): ConfigurationPlan {
  const cpus = busyCpus(costs, traffic);
  const physical = physicalSlots(host, costs, traffic, cpus);
  const fixed = podFixedBytes(costs);
  const own = programBytes(costs, traffic);
  const declared = declaredSlots(host, fixed === null || own === null ? null : fixed + own, cpus);
  const shared = {
    configuration: costs.configuration,
    launches: costs.startsS.length,
    physical,
    declared,
    podFixedBytes: fixed,
    programBytes: own,
    busyCpus: cpus,
    admitted: physical.slots,
  };
  const course = courseOf(traffic, host, costs, effort, effort.seed);
  const best = bestAchievableS(course, traffic.slo.quantile);
  const none = { hosts: null, answer: null, checkWaitS: null, poolPerHost: null };
  if (physical.slots < 1 || best > traffic.slo.limitS) {
    const hostRatePerS = { value: 0, low: 0, high: 0 };
    return { ...shared, ...none, hostRatePerS, bestAchievableS: best, sureness: 0, warnings: costs.warnings };
  }
  const drawn = replicas(traffic, host, costs, effort);
  const rate = band(
    highestRate(course, traffic.slo),
    drawn.map((one) => highestRate(one, traffic.slo)),
  );
  const sureness = (rate.high - rate.low) / (2 * rate.value);
  const hosts = hostsFor(traffic, rate, course);
  return {
    ...shared,
    hostRatePerS: rate,
    hosts,
    ...atPlannedRate(traffic, course, drawn, hosts.ratePerHost),
    bestAchievableS: best,
    poolPerHost: poolSize(hosts.ratePerHost, mean(costs.startsS), traffic.slo.quantile),
    sureness,
    warnings: costs.warnings,
  };
}

function courseOf(
  traffic: Traffic,
  host: HostResources,
  costs: MeasuredCosts,
  { arrivals }: PlanEffort,
  seed: string,
): Course {
  const cpus = busyCpus(costs, traffic);
  const servers = Math.max(1, physicalSlots(host, costs, traffic, cpus).slots);
  return {
    arrivalsS: courseArrivals(traffic.traceS, arrivals, seed),
    demand: drawDemand(costs, traffic, crowding(host, servers, cpus), arrivals, seed),
    servers,
  };
}

/** Other launches could have been measured, and other arrivals could come: both are drawn anew. */
function replicas(traffic: Traffic, host: HostResources, costs: MeasuredCosts, effort: PlanEffort): Course[] {
  return Array.from({ length: effort.replicas }, (_, index) => {
    const seed = `${effort.seed}/${index}`;
    const again = resampledCosts(costs, seededRandom(seed));
    return courseOf(traffic, host, again, effort, seed);
  });
}

function hostsFor(traffic: Traffic, rate: Band, course: Course): NonNullable<ConfigurationPlan["hosts"]> {
  const needs = (perHost: number) => Math.ceil(traffic.ratePerS / (perHost * (1 - traffic.headroom)) - 1e-9);
  const needed = { value: needs(rate.value), low: needs(rate.high), high: needs(rate.low) };
  const ratePerHost = traffic.ratePerS / needed.value;
  const serviceS = mean([...course.demand.heldS]);
  return {
    needed,
    withOneLost: { value: needed.value + 1, low: needed.low + 1, high: needed.high + 1 },
    ratePerHost,
    loadPerHost: load({ ratePerS: ratePerHost, serviceS, servers: course.servers }),
  };
}

function atPlannedRate(
  { slo, traceS }: Traffic,
  course: Course,
  drawn: readonly Course[],
  ratePerS: number,
): Pick<ConfigurationPlan, "answer" | "checkWaitS"> {
  const sortedS = answersAt(course, ratePerS);
  const [p50S, p95S, p99S, sloS] = [0.5, 0.95, 0.99, slo.quantile].map((q) => quantileOf(sortedS, q));
  const meanWaitS = band(
    meanWaitAt(course, ratePerS),
    drawn.map((one) => meanWaitAt(one, ratePerS)),
  );
  const heldS = [...course.demand.heldS];
  const offered = { ratePerS, serviceS: mean(heldS), servers: course.servers };
  return {
    answer: { p50S: p50S!, p95S: p95S!, p99S: p99S!, sloS: sloS!, meanWaitS },
    checkWaitS:
      traceS === null ? allenCunneenWaitS(offered, 1, variation({ kind: "samples", timesS: heldS })) : null,
  };
}

function band(value: number, drawn: readonly number[]): Band {
  const ordered = sorted(drawn);
  return {
    value,
    low: Math.min(value, quantile(ordered, 0.05)),
    high: Math.max(value, quantile(ordered, 0.95)),
  };
}
