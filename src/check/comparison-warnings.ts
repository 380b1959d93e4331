/** What a reader must know before trusting a comparison. Pure. */
import type { GateRules } from "../config/resolved-config.ts";
import { changedFilters } from "../samples/changed-filters.ts";
import { unrecordedNote } from "../samples/differing-fields.ts";
import { roundsNeeded } from "../stats/power/rounds-needed.ts";
import type { BetweenRuns, ComparisonKind, MetricComparison } from "./comparison-types.ts";
import type { HostDrift } from "./host-drift.ts";
import type { Side } from "./side.ts";

export type Compared = {
  kind: ComparisonKind;
  a: Side;
  b: Side;
  metrics: readonly MetricComparison[];
  drift: HostDrift;
  /** Null where the sides share their rounds. */
  between: BetweenRuns | null;
  /** Globs of `check.metrics` that match nothing. */
  unmatched: readonly string[];
  rules: GateRules;
  emulated: boolean;
};

export function comparisonWarnings(compared: Compared): string[] {
  return [
    ...(compared.emulated ? ["emulated: nothing about performance can be told, so nothing is gated"] : []),
    ...itself(compared),
    ...interrupted(compared),
    ...unrecorded(compared),
    ...changedFilters(compared.a.manifest, compared.b.manifest, { a: "on a", b: "on b" }),
    ...compared.unmatched.map((match) => `check.metrics: "${match}" matches none of the metrics compared`),
    ...cannotFire(compared),
    ...driftText(compared),
    ...betweenText(compared),
  ];
}

/** Says nothing but that a run equals itself; a name that was mistyped or defaulted to `latest` leads here. */
function itself({ kind, a, b }: Compared): string[] {
  if (kind === "interleaved" || a.described.runId !== b.described.runId) return [];
  if (kind === "runs") return [`a and b are the same run, ${b.described.runId}: nothing can differ`];
  return a.described.label === b.described.label
    ? [`a and b are the same configuration, ${b.described.label}: nothing can differ`]
    : [];
}

function interrupted({ kind, a, b }: Compared): string[] {
  const runs = kind === "runs" ? [a, b] : [b];
  return runs
    .filter(({ manifest }) => manifest.endedAt === null)
    .map(({ described }) => `run ${described.runId} was interrupted: cells may lack rounds`);
}

/** Fields of the fingerprint that an earlier version did not know yet. */
function unrecorded({ kind, a, b }: Compared): string[] {
  if (kind !== "runs") return [];
  return [unrecordedNote(a.manifest.fingerprint, b.manifest.fingerprint) ?? []].flat();
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
      : `${Math.max(6, roundsNeeded(rules.alpha))} rounds are needed`;
  return [
    `${blind.length} of ${gated.length} gated metrics could not be called worse whatever they cost: with ${fewest} rounds there are too few; ${needs}`,
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

/** Below this a difference in conditions is chance, and few launches are lost by it. */
const ENOUGH_ALIKE = 0.4;

/** A reader must see why a plain loss is called unclear between two stored runs. */
function betweenText({ between, metrics }: Compared): string[] {
  if (between === null) return [];
  const { inflation, disturbed, alike } = between;
  const shares = metrics.map(({ driftAllowance }) => driftAllowance).sort((x, y) => x - y);
  const texts: string[] = [];
  if (inflation > 1) {
    texts.push(
      `between the two runs native's typical metric moved ${inflation.toFixed(1)} times as far as its launches scatter, though nothing of it changed: the limits were raised for drift by ${percent(shares[0]!)} to ${percent(shares.at(-1)!)}, which \`run --ab\` spares`,
    );
  }
  if (alike < ENOUGH_ALIKE) {
    texts.push(
      `the host was not equally busy: ${percent(disturbed.a)} of the launches of a were disturbed, ${percent(disturbed.b)} of those of b; only launches under like conditions were compared, ${percent(alike)} of the pairs (\`run --ab\` disturbs both sides alike)`,
    );
  }
  return texts;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
