/** False alarms, misses, coverage and the honesty of the MDE under one design. Pure. */

import type { VerdictName } from "../../src/check/comparison-types.ts";
import type { Random } from "../../src/plan/seeded-random.ts";
import { median } from "../../src/stats/distributions/quantile.ts";
import type { Design } from "./draw.ts";
import { SLOWDOWNS } from "./gate-cells.ts";
import type { GateData, GateMetric } from "./gate-data.ts";
import { isFound, isUnclear, type Judged, powerAtMde } from "./power.ts";
import { type ResampledGate, resampleGate, type Sample, withFamily } from "./resample.ts";
import { triedGates } from "./tried-gates.ts";

export type DesignResult = {
  design: Design;
  gates: number;
  /** Gated metrics that Holm's correction counts. */
  family: number;
  /** Gates with at least one false alarm, by name of the gate; the first is ours, by the product itself. */
  alarms: Readonly<Record<string, number>>;
  /** Verdicts of ours over all gated metrics of all gates, as shares. */
  verdicts: Readonly<Record<VerdictName, number>>;
  /** Share of the found, over all metrics, by name of the gate: one a slowdown. */
  power: Readonly<Record<string, readonly number[]>>;
  metrics: readonly MetricResult[];
};

export type MetricResult = {
  metric: GateMetric;
  /** Share of gates in which ours finds the slowdown: one a slowdown. */
  power: readonly number[];
  /** Share of `unclear` without a slowdown, and with one of 5 %. */
  unclear: { without: number; at5: number };
  /** Medians over the gates, as shares. */
  delta: number;
  mde: number | null;
  powerAtMde: number | null;
  /** Share of the 95 % intervals that hold the truth: no difference. */
  coverage: number;
};

/** Gates whose samples are kept for the misses: each is slowed in its turn by every slowdown. */
const KEPT = 200;

export function tryDesign(data: GateData, design: Design, gates: number, random: Random): DesignResult {
  const tried = triedGates(design);
  const alarms = Object.fromEntries(tried.map(({ name }) => [name, 0]));
  const verdicts = { worse: 0, unclear: 0, better: 0, same: 0 };
  const covered = new Map(data.metrics.map(({ key }) => [key, 0]));
  const kept: ResampledGate[] = [];
  for (let gate = 0; gate < gates; gate++) {
    const resampled = resampleGate(data, design, random);
    const judged = judgedIn(data, design, resampled);
    const samples = [...resampled.samples.values()];
    for (const [index, { name, cries }] of tried.entries()) {
      const isAlarm =
        index === 0 ? resampled.outcome === "worse" : samples.some((sample) => cries(sample, judged, 0));
      if (isAlarm) alarms[name]!++;
    }
    for (const { gated, verdict } of samples) if (gated) verdicts[verdict]++;
    for (const [key, { ciLow, ciHigh }] of resampled.samples) {
      if (ciLow! <= 1 && ciHigh! >= 1) covered.set(key, covered.get(key)! + 1);
    }
    if (kept.length < KEPT) kept.push(design.paired ? flipped(resampled, data) : resampled);
  }
  const judged = judgedIn(data, design, kept[0]!);
  const gated = data.metrics.filter(({ key }) => kept[0]!.samples.get(key)!.gated);
  const samplesOf = ({ key }: GateMetric) => kept.map(({ samples }) => samples.get(key)!);
  const total = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  return {
    design,
    gates,
    family: judged.family,
    alarms,
    verdicts: mapValues(verdicts, (count) => count / total),
    power: Object.fromEntries(
      tried.map(({ name, cries }) => [
        name,
        SLOWDOWNS.map((slowdown) =>
          mean(
            gated.map((metric) => shareOf(samplesOf(metric), (sample) => cries(sample, judged, slowdown))),
          ),
        ),
      ]),
    ),
    metrics: gated.map((metric) => ({
      metric,
      ...resultOf(samplesOf(metric), judged),
      coverage: covered.get(metric.key)! / gates,
    })),
  };
}

function flipped(resampled: ResampledGate, { rules }: GateData): ResampledGate {
  return { ...resampled, samples: withFamily(resampled.samples, rules.alpha) };
}

function judgedIn({ rules }: GateData, { paired }: Design, { family }: ResampledGate): Judged {
  return { paired, alpha: rules.alpha, family };
}

function resultOf(samples: readonly Sample[], judged: Judged): Omit<MetricResult, "metric" | "coverage"> {
  const printed = samples.flatMap(({ mde }) => mde ?? []);
  return {
    power: SLOWDOWNS.map((slowdown) => shareOf(samples, (sample) => isFound(sample, judged, slowdown))),
    unclear: {
      without: shareOf(samples, (sample) => isUnclear(sample, judged, 0)),
      at5: shareOf(samples, (sample) => isUnclear(sample, judged, 0.05)),
    },
    delta: median(samples.map(({ delta }) => delta)),
    mde: printed.length === 0 ? null : median(printed),
    powerAtMde: powerAtMde(samples, judged),
  };
}

function shareOf<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.filter(is).length / all.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mapValues<K extends string>(
  values: Readonly<Record<K, number>>,
  map: (value: number) => number,
): Record<K, number> {
  return Object.fromEntries(
    Object.entries<number>(values).map(([key, value]) => [key, map(value)]),
  ) as Record<K, number>;
}
