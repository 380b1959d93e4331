/** Noise floors of a host over time: old measurements and disturbed ones count less, and the oldest not at all. Pure. */
import type { FloorMeasurement, NoiseFloors } from "./noise-floor.ts";

/** By `cell::metric`: its measurements, a run each. */
export type FloorHistory = Readonly<Record<string, readonly FloorMeasurement[]>>;

const DAY_MS = 24 * 3600 * 1000;
/**
 * A measurement counts half after two weeks. What makes another host (kernel, microcode, runsc) has another fingerprint,
 * and floors of its own; what is left are neighbours and other work on the machine, which change by the week.
 */
const HALF_LIFE_MS = 14 * DAY_MS;
/** By then it counts a sixteenth, and what nobody has measured since is not known any more. */
const FORGOTTEN_MS = 4 * HALF_LIFE_MS;
/** A disturbed round says more of what disturbed it than of the host. */
const DISTURBED_WEIGHT = 0.25;
/** Quiet rounds of now, or as much, from which on a floor needs no new measurement: one run of 11 for six days. */
const ENOUGH_ROUNDS = 8;

/** A run that was measured further replaces what it said before; what is forgotten at `nowMs` goes. */
export function addMeasurements(
  history: FloorHistory,
  own: Readonly<Record<string, FloorMeasurement>>,
  nowMs: number,
): FloorHistory {
  const keys = new Set([...Object.keys(history), ...Object.keys(own)]);
  const entries = [...keys].map((key): [string, FloorMeasurement[]] => {
    const fresh = own[key];
    const earlier = (history[key] ?? []).filter((one) => one.runId !== fresh?.runId);
    return [key, remembered(fresh === undefined ? earlier : [...earlier, fresh], nowMs)];
  });
  return Object.fromEntries(entries.filter(([, measurements]) => measurements.length > 0));
}

/**
 * The floors as they are known at a moment: of each metric the weighted median of its measurements, so that a busy hour,
 * or a few short runs, neither decide nor stay. A measurement weighs its rounds, disturbed ones a quarter, halved
 * for every two weeks between it and that moment. Of two halves the larger floor is taken.
 */
export function floorsAt(history: FloorHistory, nowMs: number): NoiseFloors {
  return Object.fromEntries(
    Object.entries(history).flatMap(([key, all]) => {
      const measurements = remembered(all, nowMs);
      if (measurements.length === 0) return [];
      const { runId, measuredAt } = measurements.reduce((x, y) => (y.measuredAt >= x.measuredAt ? y : x));
      const rounds = measurements.reduce((sum, one) => sum + one.rounds, 0);
      return [[key, { share: weightedMedian(measurements, nowMs), rounds, runId, measuredAt }]];
    }),
  );
}

/** Cells of which some metric's floor was measured well enough, and not too long ago. */
export function wellKnownCells(history: FloorHistory, nowMs: number): Set<string> {
  const known = Object.entries(history).filter(([, all]) => {
    const weights = remembered(all, nowMs).map((one) => weightOf(one, nowMs));
    return weights.reduce((sum, weight) => sum + weight, 0) >= ENOUGH_ROUNDS;
  });
  return new Set(known.map(([key]) => key.slice(0, key.lastIndexOf("::"))));
}

function remembered(measurements: readonly FloorMeasurement[], nowMs: number): FloorMeasurement[] {
  return measurements.filter((one) => ageMs(one, nowMs) < FORGOTTEN_MS);
}

/** Either way: an old run that is judged again is as far from later measurements as they are from it. */
function ageMs({ measuredAt }: FloorMeasurement, nowMs: number): number {
  return Math.abs(nowMs - Date.parse(measuredAt));
}

function weightOf(measurement: FloorMeasurement, nowMs: number): number {
  const { rounds, disturbed } = measurement;
  const effective = rounds - disturbed + DISTURBED_WEIGHT * disturbed;
  return effective * 2 ** (-ageMs(measurement, nowMs) / HALF_LIFE_MS);
}

function weightedMedian(measurements: readonly FloorMeasurement[], nowMs: number): number {
  const ordered = measurements
    .map((one) => ({ share: one.share, weight: weightOf(one, nowMs) }))
    .sort((x, y) => x.share - y.share);
  const half = ordered.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const { share, weight } of ordered) {
    below += weight;
    if (below > half) return share;
  }
  return ordered.at(-1)!.share;
}
