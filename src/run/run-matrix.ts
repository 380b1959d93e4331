/** The use case `run`: plan, prepare, measure, keep. Reports are made from what it leaves. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Cell } from "../plan/cell.ts";
import { dropPartialLine, LaunchLog, readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { HeldEnvironment } from "./environment/held-environment.ts";
import { holdEnvironment } from "./environment/hold-environment.ts";
import { JOIN_NOTE } from "./environment/join-cost.ts";
import { missingLimits } from "./environment/launch-cgroups.ts";
import type { PreparedWorkload } from "./environment/prepared-workload.ts";
import type { RunObserver } from "./events.ts";
import { buildScenarios } from "./rounds/build-scenarios.ts";
import { readDurations, writeDurations } from "./rounds/durations.ts";
import { addWarning, prepareCells } from "./rounds/prepare-cells.ts";
import { RemainingTime } from "./rounds/remaining-time.ts";
import { runRounds } from "./rounds/run-rounds.ts";
import { startTrial } from "./rounds/start-trial.ts";
import { LAUNCHES_FILE, makeRunFolder, pointLatest, writeManifest } from "./run-folder.ts";
import type { RunInput } from "./run-input.ts";

export type RunResult = {
  dir: string;
  manifest: RunManifest;
  launches: LaunchRecord[];
  /** False when it was broken off; `--resume` goes on. */
  finished: boolean;
};

/** @throws SbxError when results can't be kept or nothing can be run; what was measured stays on disk */
export async function runMatrix(input: RunInput): Promise<RunResult> {
  const { dir, manifest, observe } = input;
  makeRunFolder(dir);
  const logFile = join(dir, LAUNCHES_FILE);
  const done = existsSync(logFile) ? resumeLog(logFile, observe) : [];
  writeManifest(dir, manifest);
  // A run that gets more rounds stays as old as it is.
  if (manifest.extended !== true && !pointLatest(dir))
    observe({ type: "warning", message: `${dir} is not linked as "latest" beside it` });

  const planned = manifest.cells.filter((cell) => cell.status === "planned");
  const built = await buildScenarios(input, planned, (name) =>
    observe({ type: "preparing", what: `scenario ${name}` }),
  );
  const log = new LaunchLog(logFile);
  try {
    return await holdEnvironment({ host: input.probe, runId: manifest.runId, observe }, async (held) => {
      const prepared = await prepareCells(input, stillPlanned(manifest), built, held);
      writeManifest(dir, manifest);
      const outcome = await measure(input, prepared, held, log, done);
      if (outcome.finished) manifest.endedAt = new Date().toISOString();
      if (outcome.finished && input.steering !== undefined) manifest.rounds = roundsReached(outcome.launches);
      manifest.harness.wallMs += outcome.wallMs;
      manifest.harness.launchMs += outcome.launchMs;
      writeManifest(dir, manifest);
      return { dir, manifest, launches: outcome.launches, finished: outcome.finished };
    });
  } finally {
    log.close();
    observe({ type: "end" });
  }
}

function stillPlanned(manifest: RunManifest): Cell[] {
  return manifest.cells.filter((cell) => cell.status === "planned");
}

async function measure(
  input: RunInput,
  prepared: ReadonlyMap<string, PreparedWorkload>,
  held: HeldEnvironment,
  log: LaunchLog,
  done: LaunchRecord[],
) {
  const { dir, manifest, config, observe, probe } = input;
  const cells = stillPlanned(manifest).filter(({ id }) => prepared.has(id));
  const durations = { ...readDurations(manifest.fingerprint.id, manifest.preset), ...input.expectedMs };
  const launches = [...done];
  const missing = cells.length * manifest.rounds - done.length;
  const allMs = new RemainingTime({ cells, rounds: manifest.rounds, done, durations }).totalMs;
  const etaMs = Math.min(allMs, input.steering?.leftMs() ?? allMs);
  observe({
    type: "start",
    runId: manifest.runId,
    dir,
    cells: cells.length,
    launches: done.length + (etaMs < allMs ? Math.ceil((missing * etaMs) / allMs) : missing),
    alreadyDone: done.length,
    etaMs,
  });
  if ([...prepared.values()].some(({ cgroupLimits }) => cgroupLimits !== null)) {
    const note = await held.joinCostNote();
    if (note !== null && !manifest.hostNotes.some((known) => known.startsWith(JOIN_NOTE))) {
      manifest.hostNotes.push(note);
    }
    for (const missing of missingLimits(probe.cgroups, config.limits)) addWarning(manifest, missing);
  }
  const outcome = await runRounds({
    seed: manifest.seed,
    rounds: manifest.rounds,
    cells,
    done,
    launch: (place, number) =>
      held.launch(prepared.get(place.cell)!, { abort: input.abort, place: { round: place.round, number } }),
    keep(record) {
      log.append(record);
      launches.push(record);
    },
    tryStart: startTrial(input, input.abort),
    quarantine(entry) {
      manifest.quarantined = [...(manifest.quarantined ?? []), entry];
      writeManifest(dir, manifest);
    },
    durations,
    observe,
    abort: input.abort,
    steering: input.steering,
  });
  log.flush();
  writeDurations(manifest.fingerprint.id, manifest.preset, durations);
  return { ...outcome, launches };
}

function roundsReached(launches: readonly LaunchRecord[]): number {
  return launches.reduce((most, { round }) => Math.max(most, round + 1), 0);
}

function resumeLog(file: string, observe: RunObserver): LaunchRecord[] {
  dropPartialLine(file);
  const { records, bad } = readLaunchLog(file);
  for (const line of bad) {
    observe({
      type: "warning",
      message: `${file}:${line.line}: ${line.message}; this launch is not counted`,
    });
  }
  return records;
}
