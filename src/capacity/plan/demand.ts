/** What one request takes of a host in one configuration. */
import { type Random, seededRandom } from "../../plan/seeded-random.ts";
import { meanTimeS, randomTime } from "../simulate/random-times.ts";
import type { MeasuredCosts, Traffic } from "./traffic.ts";

/** Times of requests in the order of arrival, s. */
export type Demand = {
  /** For which a sandbox is taken: start, service, end. */
  heldS: Float64Array;
  /** From the begin of the start (pooled: of the service) to the answer. */
  answerS: Float64Array;
};

/**
 * Starts, ends and slowdowns are measured samples, drawn independently of each other.
 *
 * @param crowding see `crowding` of slots; everything takes so much longer
 * @param seed the same seed draws the same requests in every configuration
 */
export function drawDemand(
  costs: MeasuredCosts,
  traffic: Traffic,
  crowding: number,
  count: number,
  seed: string,
): Demand {
  const service = randomTime(traffic.service, seededRandom(`${seed}/service`));
  const random = seededRandom(`${seed}/launch`);
  const heldS = new Float64Array(count);
  const answerS = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const start = pick(costs.startsS, random);
    const end = pick(costs.endsS, random);
    const slowed = slowedS(service(), pick(costs.slowdowns, random), traffic);
    // From a pool, the start is made behind the request instead of before it, by the same host.
    heldS[index] = crowding * (start + slowed + end);
    answerS[index] = crowding * (traffic.pooled ? slowed : start + slowed);
  }
  return { heldS, answerS };
}

/** Only the part on a CPU is slowed: a program that waits does not wait longer in a sandbox. */
function slowedS(serviceS: number, slowdown: number, { cpuShare }: Traffic): number {
  return serviceS * (cpuShare * slowdown + 1 - cpuShare);
}

/** Mean number of CPUs that a sandbox keeps busy while it is held. */
export function busyCpus(costs: MeasuredCosts, traffic: Traffic): number {
  const meanServiceS = meanTimeS(traffic.service);
  const slowdown = mean(costs.slowdowns);
  const launchS = mean(costs.startsS) + mean(costs.endsS);
  const launchCpuS = costs.startCpuS.length === 0 ? launchS : mean(costs.startCpuS);
  const heldS = launchS + slowedS(meanServiceS, slowdown, traffic);
  return (launchCpuS + meanServiceS * traffic.cpuShare * slowdown) / heldS;
}

/** Each list drawn anew from itself: one bootstrap sample of what was measured. */
export function resampledCosts(costs: MeasuredCosts, random: Random): MeasuredCosts {
  const again = (values: readonly number[]) => values.map(() => pick(values, random));
  return {
    ...costs,
    startsS: again(costs.startsS),
    endsS: again(costs.endsS),
    startCpuS: again(costs.startCpuS),
    overheadBytes: again(costs.overheadBytes),
    slowdowns: again(costs.slowdowns),
  };
}

function pick(values: readonly number[], random: Random): number {
  return values[Math.floor(random() * values.length)]!;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
