/** Steering of a run on this host: its clock, its learned durations. */

import { durationText } from "../../base/duration-text.ts";
import { type Excess, excessOfRun, partnersIn } from "../../check/excess-width.ts";
import { steer, unsettled } from "../../check/steer.ts";
import { nextLook } from "../../plan/looks.ts";
import { readDurations } from "../../run/rounds/durations.ts";
import type { Steering } from "../../run/rounds/steering.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { PreparedRun } from "./prepare-new.ts";

/** Of a run that was asked for with a time budget; undefined for others. */
export function budgetSteering(
  { manifest, config }: PreparedRun,
  launches: readonly LaunchRecord[],
): Steering | undefined {
  const { budget } = manifest;
  if (budget === undefined) return undefined;
  return steer({
    cells: manifest.cells.filter(({ status }) => status === "planned"),
    excessOf: (known) => excessOfRun(manifest, known, budget.precision, config.check),
    partnersOf: partnersIn(manifest).partnersOf,
    durations: readDurations(manifest.fingerprint.id, manifest.preset),
    budgetMs: Math.max(0, budget.ms - manifest.harness.wallMs),
    nowMs: () => performance.now(),
    done: roundsIn(launches),
    firstLook: nextLook(0),
  });
}

export function roundsIn(launches: readonly LaunchRecord[]): number {
  return launches.reduce((most, { round }) => Math.max(most, round + 1), 0);
}

/**
 * Of a finished run that gets more rounds until a comparison with it is clear.
 *
 * @param excessOf from the run's launches; sees widths only
 * @param paired false where the other side is a stored run, so that cells need no partners
 */
export function clearingSteering(
  { manifest }: PreparedRun,
  launches: readonly LaunchRecord[],
  options: { excessOf(launches: readonly LaunchRecord[]): Excess; paired: boolean; budgetMs: number },
): Steering {
  const done = roundsIn(launches);
  const { partnersOf } = partnersIn(manifest);
  return steer({
    cells: manifest.cells.filter(({ status, twinOf }) => status === "planned" && twinOf === undefined),
    excessOf: options.excessOf,
    partnersOf: options.paired ? partnersOf : () => [],
    durations: readDurations(manifest.fingerprint.id, manifest.preset),
    budgetMs: options.budgetMs,
    nowMs: () => performance.now(),
    // The last round is complete; the next one is new.
    done: done + 1,
    firstLook: done,
  });
}

const NAMED = 5;

/** What a budget could not settle, in one sentence; null when everything is precise enough. */
export function unsettledWarning(
  { manifest, config }: PreparedRun,
  launches: readonly LaunchRecord[],
): string | null {
  const { budget } = manifest;
  if (budget === undefined) return null;
  const wide = unsettled(excessOfRun(manifest, launches, budget.precision, config.check));
  if (wide.length === 0) return null;
  const named = wide.slice(0, NAMED).map(({ cell, excess }) => {
    const half = Math.expm1(excess * Math.log1p(budget.precision)) * 100;
    return `${cell} (${Number.isFinite(half) ? `±${half.toFixed(half < 10 ? 1 : 0)} %` : "too few rounds"})`;
  });
  const more = wide.length > NAMED ? ` and ${wide.length - NAMED} more` : "";
  return `the budget of ${durationText(budget.ms)} left ${wide.length} cells with intervals wider than ±${Number((budget.precision * 100).toPrecision(2))} %: ${named.join(", ")}${more}`;
}
