/** The rounds of a run in the environment that it holds. */
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { HeldEnvironment } from "../environment/held-environment.ts";
import { JOIN_NOTE } from "../environment/join-cost.ts";
import { missingLimits } from "../environment/launch-cgroups.ts";
import type { PreparedWorkload } from "../environment/prepared-workload.ts";
import type { ManifestWriter } from "../manifest-writer.ts";
import type { RunInput } from "../run-input.ts";
import { readDurations, writeDurations } from "./durations.ts";
import { plannedCells } from "./prepare-cells.ts";
import { RemainingTime } from "./remaining-time.ts";
import { type RoundsOutcome, runRounds, type Schedule } from "./run-rounds.ts";
import { startTrial } from "./start-trial.ts";

export type ReadyCells = {
  held: HeldEnvironment;
  /** By cell id. */
  prepared: ReadonlyMap<string, PreparedWorkload>;
  /** Launches of earlier sessions of the run. */
  done: readonly LaunchRecord[];
};

/** @param keep keeps each record as its launch ends; throws when it can't */
export async function measureCells(
  input: RunInput,
  writer: ManifestWriter,
  { held, prepared, done }: ReadyCells,
  keep: (record: LaunchRecord) => void,
): Promise<RoundsOutcome> {
  const { abort, observe, steering } = input;
  const { fingerprint, preset, seed, rounds } = writer.manifest;
  const cells = plannedCells(writer.manifest).filter(({ id }) => prepared.has(id));
  const durations = { ...readDurations(fingerprint.id, preset), ...input.expectedMs };
  const schedule: Schedule = { seed, rounds, cells, done, durations, steering };
  announce(input, schedule);
  if ([...prepared.values()].some(({ cgroupLimits }) => cgroupLimits !== null)) {
    await noteCgroups(input, writer, held);
  }
  const outcome = await runRounds(
    schedule,
    {
      launch: ({ cell, round }, number) =>
        held.launch(prepared.get(cell)!, { abort, place: { round, number } }),
      keep,
      tryStart: startTrial(input, abort),
      quarantine(entry) {
        writer.record({ type: "quarantined", entry });
        writer.save();
      },
      observe,
    },
    abort,
  );
  writeDurations(fingerprint.id, preset, durations);
  return outcome;
}

function announce({ dir, manifest, observe }: RunInput, schedule: Schedule): void {
  const { cells, rounds, done, steering } = schedule;
  const missing = cells.length * rounds - done.length;
  const allMs = new RemainingTime(schedule).totalMs;
  const etaMs = Math.min(allMs, steering?.leftMs() ?? allMs);
  observe({
    type: "start",
    runId: manifest.runId,
    dir,
    cells: cells.length,
    launches: done.length + (etaMs < allMs ? Math.ceil((missing * etaMs) / allMs) : missing),
    alreadyDone: done.length,
    etaMs,
  });
}

/** What cgroups cost on this host, and which of the limits they can't set. */
async function noteCgroups(
  { config, probe }: RunInput,
  writer: ManifestWriter,
  held: HeldEnvironment,
): Promise<void> {
  const note = await held.joinCostNote();
  if (note !== null && !writer.manifest.hostNotes.some((known) => known.startsWith(JOIN_NOTE))) {
    writer.record({ type: "host-note", note });
  }
  for (const message of missingLimits(probe.cgroups, config.limits)) {
    writer.record({ type: "warning", message });
  }
}
