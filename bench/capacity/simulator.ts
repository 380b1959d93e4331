/** The simulator against exact mean waits, and against Little's law. */
import { littlesLaw } from "../../src/capacity/models/little.ts";
import { allenCunneenWaitS, meanWaitS } from "../../src/capacity/models/waiting.ts";
import { poissonArrivals, times } from "../../src/capacity/simulate/arrivals.ts";
import { meanInSystem, simulateQueue } from "../../src/capacity/simulate/queue.ts";
import { randomTime, type TimeDistribution } from "../../src/capacity/simulate/random-times.ts";
import { seededRandom } from "../../src/plan/seeded-random.ts";
import type { Figure } from "../figure.ts";
import { hyperexponentialWaitS } from "./hyperexponential-wait.ts";

const ARRIVALS = 1_000_000;
const SEEDS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
const LOADS = [0.5, 0.7];
const GOAL = 0.01;
const LITTLE_GOAL = 0.03;
/** 97.5 % of Student's t with 9 degrees of freedom. */
const STUDENT_T = 2.262;

type System = {
  name: string;
  servers: number;
  service: TimeDistribution;
  exactWaitS: (ratePerS: number) => number;
};

const SYSTEMS: System[] = [
  {
    name: "M/M/2",
    servers: 2,
    service: { kind: "exponential", meanS: 1 },
    exactWaitS: (ratePerS) => meanWaitS({ ratePerS, serviceS: 1, servers: 2 }),
  },
  {
    name: "M/D/1",
    servers: 1,
    service: { kind: "fixed", meanS: 1 },
    // Pollaczek and Khinchine.
    exactWaitS: (ratePerS) => allenCunneenWaitS({ ratePerS, serviceS: 1, servers: 1 }, 1, 0),
  },
  {
    name: "M/H2/2 (CV 2)",
    servers: 2,
    service: { kind: "hyperexponential", meanS: 1, cv: 2 },
    exactWaitS: (ratePerS) => hyperexponentialWaitS(ratePerS, 1, 2),
  },
];

export function simulatorAgainstTheory(): Figure[] {
  return SYSTEMS.flatMap((system) => LOADS.map((load) => figure(system, load)));
}

function figure({ name, servers, service, exactWaitS }: System, load: number): Figure {
  const ratePerS = load * servers;
  const exact = exactWaitS(ratePerS);
  const runs = SEEDS.map((seed) => run(service, servers, ratePerS, seed));
  const errors = runs.map(({ waitS }) => waitS / exact - 1);
  const within = errors.filter((error) => Math.abs(error) <= GOAL).length;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1);
  const reach = STUDENT_T * Math.sqrt(variance / errors.length);
  const worst = Math.max(...errors.map(Math.abs));
  const little = Math.max(...runs.map(({ gap }) => gap));
  return {
    name: `${name} at a load of ${load}: mean wait, simulated / exact - 1`,
    seen: `${percent(mean)} [${percent(mean - reach)}, ${percent(mean + reach)}] n=${SEEDS.length} seeds; one seed alone: ${within} of ${SEEDS.length} within 1 %, worst ${percent(worst)}; Little's law off by ${percent(little)} at most`,
    goal: "interval within 1 %, 10^6 arrivals a seed",
    met: Math.abs(mean) + reach <= GOAL && little <= LITTLE_GOAL,
  };
}

function run(
  service: TimeDistribution,
  servers: number,
  ratePerS: number,
  seed: string,
): { waitS: number; gap: number } {
  const random = seededRandom(seed);
  // Scaled to their exact means: else the noise of a million draws (0.1 % of the load) moves the wait by more than the goal.
  const drawn = poissonArrivals(ratePerS, ARRIVALS, random);
  const scale = ARRIVALS / ratePerS / drawn.at(-1)!;
  const arrivalsS = drawn.map((time) => time * scale);
  const works = times(randomTime(service, random), ARRIVALS);
  const meanS = works.reduce((sum, time) => sum + time, 0) / ARRIVALS;
  const servicesS = works.map((time) => time / meanS);
  const { waitsS, endsS } = simulateQueue({ arrivalsS, servicesS, servers });
  let [wait, inside] = [0, 0];
  for (let index = 0; index < ARRIVALS; index++) {
    wait += waitsS[index]!;
    inside += waitsS[index]! + servicesS[index]!;
  }
  const toS = arrivalsS.at(-1)!;
  const law = littlesLaw({
    meanInSystem: meanInSystem(arrivalsS, endsS, 0, toS),
    ratePerS: ARRIVALS / toS,
    meanTimeS: inside / ARRIVALS,
  });
  return { waitS: wait / ARRIVALS, gap: law.gap };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
