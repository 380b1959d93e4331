/** What a reader must know before trusting a comparison. Pure. */
import type { GateRules } from "../config/resolved-config.ts";
import type { ComparisonKind, MetricComparison } from "../stats/comparison-types.ts";
import { roundsNeeded } from "../stats/rounds-needed.ts";
import type { HostDrift } from "./host-drift.ts";
import type { Side } from "./side.ts";

export type Compared = {
  kind: ComparisonKind;
  a: Side;
  b: Side;
  metrics: readonly MetricComparison[];
  drift: HostDrift;
  /** Globs of `check.metrics` that match nothing. */
  unmatched: readonly string[];
  rules: GateRules;
  emulated: boolean;
};

export function comparisonWarnings(compared: Compared): string[] {
  return [
    ...(compared.emulated ? ["emulated: nothing about performance can be told, so nothing is gated"] : []),
    ...brokenOff(compared),
    ...compared.unmatched.map((match) => `check.metrics: "${match}" matches none of the metrics compared`),
    ...cannotFire(compared),
    ...driftText(compared),
  ];
}

function brokenOff({ kind, a, b }: Compared): string[] {
  const runs = kind === "runs" ? [a, b] : [b];
  return runs
    .filter(({ manifest }) => manifest.endedAt === null)
    .map(({ described }) => `run ${described.runId} was broken off: cells may lack rounds`);
}

/** A gate that can't fire looks like one that holds. */
function cannotFire({ kind, metrics, rules }: Compared): string[] {
  const gated = metrics.filter((metric) => metric.gated);
  const blind = gated.filter(({ mde }) => mde === null);
  if (blind.length === 0) return [];
  const fewest = Math.min(...blind.map(({ n }) => n));
  const needs =
    kind === "runs"
      ? "more launches are needed"
      : `${Math.max(6, roundsNeeded(gated.length, rules.alpha))} rounds are needed`;
  return [
    `${blind.length} of ${gated.length} gated metrics could not be called worse whatever they cost: with ${fewest} rounds there are too few; ${needs} for ${gated.length} metrics`,
  ];
}

function driftText({ drift }: Compared): string[] {
  if (drift.size === 0) return [];
  const [metric, worst] = [...drift].reduce((most, one) => (one[1].share > most[1].share ? one : most));
  const change = `${((worst.ratio - 1) * 100).toFixed(1)} %`;
  return [
    `the host drifted between the runs: native itself changed in ${drift.size === 1 ? "1 metric" : `${drift.size} metrics`} (${metric} by ${change}); the limits of these were raised to the drift, which \`run --ab\` rules out`,
  ];
}
