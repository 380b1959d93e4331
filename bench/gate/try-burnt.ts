/** Real slowdowns: launches that were slowed, against those of the same rounds that were not. Pure. */
import type { Random } from "../../src/plan/seeded-random.ts";
import { shuffle } from "../../src/plan/seeded-random.ts";
import { hodgesLehmann } from "../../src/stats/estimates/hodges-lehmann.ts";
import { logRatioPairs } from "../../src/stats/estimates/log-ratio-pairs.ts";
import { DESIGNS, drawRounds, GATE_ROUNDS } from "./draw.ts";
import { SLOWDOWNS } from "./gate-cells.ts";
import type { GateData, GateMetric } from "./gate-data.ts";
import type { Judged } from "./power.ts";
import { floorsOf, type Sample, withFamily } from "./resample.ts";
import { triedGates } from "./tried-gates.ts";

export type BurntResult = {
  slowdown: number;
  /** Rounds in which it was launched, of which each gate takes 15. */
  rounds: number;
  /** Share of the found, by name of the gate; over all metrics but `total`, of which the same time is a smaller share. */
  power: Readonly<Record<string, number>>;
  metrics: readonly BurntMetric[];
};

type BurntMetric = {
  metric: GateMetric;
  /** What the slowdown is of this metric. */
  share: number;
  /** What it is as measured over all rounds, with its 95 % interval, as shares. */
  seen: { share: number; low: number; high: number };
  /** Share of gates in which ours finds it. */
  power: number;
};

const GATES = 150;

export function tryBurnt(data: GateData, random: Random): BurntResult[] {
  return SLOWDOWNS.map((slowdown, level) => {
    const inAll = data.rounds.filter((round) =>
      data.metrics.every(({ burnt }) => burnt[level]!.byRound.has(round)),
    );
    return tryLevel(data, slowdown, level, inAll, random);
  });
}

function tryLevel(
  data: GateData,
  slowdown: number,
  level: number,
  rounds: readonly number[],
  random: Random,
): BurntResult {
  const design = DESIGNS[0]!;
  const tried = triedGates(design);
  const judged: Judged = { paired: true, alpha: data.rules.alpha, family: data.metrics.length };
  const found = new Map(data.metrics.map(({ key }) => [key, tried.map(() => 0)]));
  const gates = rounds.length < GATE_ROUNDS ? 0 : GATES;
  for (let gate = 0; gate < gates; gate++) {
    const taken = shuffle(rounds, random).slice(0, GATE_ROUNDS);
    const others = data.rounds.filter((round) => !taken.includes(round));
    const floors = floorsOf(data, drawRounds(others, design, random).floor);
    const unslowed = new Map(
      data.metrics.map((metric) => {
        const delta = Math.max(data.rules.maxRegression, floors[metric.key]!.share);
        return [metric.key, sampleOf(metric, metric.twin, taken, delta)];
      }),
    );
    const family = withFamily(unslowed, data.rules.alpha);
    for (const metric of data.metrics) {
      const plain = family.get(metric.key)!;
      const sample = { ...plain, after: valuesIn(taken, metric.burnt[level]!.byRound) };
      for (const [index, { cries }] of tried.entries()) {
        if (cries(sample, judged, 0)) found.get(metric.key)![index]!++;
      }
    }
  }
  const powerOf = ({ key }: GateMetric, index: number) => found.get(key)![index]! / gates;
  const alike = data.metrics.filter(({ metric }) => metric !== "total");
  return {
    slowdown,
    rounds: rounds.length,
    power: Object.fromEntries(
      tried.map(({ name }, index) => [
        name,
        alike.reduce((sum, metric) => sum + powerOf(metric, index), 0) / alike.length,
      ]),
    ),
    metrics: data.metrics.map((metric) => ({
      metric,
      share: metric.burnt[level]!.share,
      seen: seenIn(metric, level),
      power: powerOf(metric, 0),
    })),
  };
}

/** The product's own numbers are not at hand here: a slowed cell has a name of its own. All others stay as they are. */
function sampleOf(
  { own }: GateMetric,
  after: ReadonlyMap<number, number>,
  rounds: readonly number[],
  delta: number,
): Sample {
  return {
    before: valuesIn(rounds, own),
    after: valuesIn(rounds, after),
    disturbed: { before: [], after: [] },
    ...{ delta, driftAllowance: 0, mde: null, verdict: "unclear", ciLow: null, ciHigh: null, gated: true },
  };
}

function valuesIn(rounds: readonly number[], byRound: ReadonlyMap<number, number>): number[] {
  return rounds.map((round) => byRound.get(round)!);
}

function seenIn({ own, burnt }: GateMetric, level: number): BurntMetric["seen"] {
  const { logRatios } = logRatioPairs(burnt[level]!.byRound, own, "lower");
  const { estimate, low, high } = hodgesLehmann(logRatios)!;
  return {
    share: Math.expm1(estimate),
    low: Math.expm1(low ?? Number.NEGATIVE_INFINITY),
    high: Math.expm1(high ?? Number.POSITIVE_INFINITY),
  };
}
