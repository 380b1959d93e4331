/** The use case `run`: plan, prepare, measure, keep. Reports are made from what it leaves. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { factsOf, isGVisor } from "../axes/sandbox.ts";
import type { Cell } from "../plan/cell.ts";
import { dropPartialLine, LaunchLog, readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { PreparedCell } from "../sandbox/driver.ts";
import { JOIN_NOTE, joinCostNote } from "./environment/join-cost.ts";
import { missingLimits, ownCgroups } from "./environment/launch-cgroups.ts";
import { Ledger } from "./environment/ledger.ts";
import { makeNullNetns } from "./environment/null-netns.ts";
import { makeScratch } from "./environment/scratch.ts";
import { removeListed } from "./environment/sweep.ts";
import type { Wire } from "./environment/wire.ts";
import type { RunObserver } from "./events.ts";
import { buildScenarios } from "./rounds/cell-runner.ts";
import { readDurations, writeDurations } from "./rounds/durations.ts";
import { addWarning, makeWire, prepareCells } from "./rounds/prepare-cells.ts";
import { RemainingTime } from "./rounds/remaining-time.ts";
import { runRounds } from "./rounds/run-rounds.ts";
import { settingOf } from "./rounds/run-setting.ts";
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
  const ledger = new Ledger(manifest.runId);
  let wire: Wire | null = null;
  try {
    const scratch = makeScratch(ledger);
    if (input.probe.isRoot && planned.some((cell) => isGVisor(cell.config))) {
      await makeNullNetns(scratch.stateDir, ledger);
    }
    wire = await makeWire(input, planned, built, scratch, ledger);
    const prepared = await prepareCells(input, stillPlanned(manifest), built, scratch, wire);
    writeManifest(dir, manifest);
    const outcome = await measure(input, prepared, ledger, log, wire, done);
    if (outcome.finished) manifest.endedAt = new Date().toISOString();
    if (outcome.finished && input.steering !== undefined) manifest.rounds = roundsReached(outcome.launches);
    manifest.harness.wallMs += outcome.wallMs;
    manifest.harness.launchMs += outcome.launchMs;
    writeManifest(dir, manifest);
    return { dir, manifest, launches: outcome.launches, finished: outcome.finished };
  } finally {
    log.close();
    await cleanUp(ledger, wire, observe);
    observe({ type: "end" });
  }
}

/** What can't be removed now stays in the ledger and is swept at the next start; it hides no error. */
async function cleanUp(ledger: Ledger, wire: Wire | null, observe: RunObserver): Promise<void> {
  try {
    await wire?.remove();
  } catch {
    // Its namespaces stand in the ledger.
  }
  const { failed } = await removeListed(ledger);
  if (failed.length === 0) ledger.close();
  else {
    const what = failed.join("; ");
    observe({ type: "warning", message: `something is left to be removed at the next start: ${what}` });
  }
}

function stillPlanned(manifest: RunManifest): Cell[] {
  return manifest.cells.filter((cell) => cell.status === "planned");
}

async function measure(
  input: RunInput,
  prepared: ReadonlyMap<string, PreparedCell>,
  ledger: Ledger,
  log: LaunchLog,
  wire: Wire | null,
  done: LaunchRecord[],
) {
  const { dir, manifest, config, observe, probe } = input;
  const cells = stillPlanned(manifest);
  const durations = { ...readDurations(manifest.fingerprint.id, manifest.preset) };
  const bases = ownCgroups();
  ledger.add({ kind: "cgroup-bases", dirs: bases });
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
  const contained = (cell: Cell): boolean => probe.isRoot && factsOf(cell.config).kind === "sandbox";
  if (cells.some(contained)) {
    const note = await joinCostNote(probe.cgroups, ledger);
    if (note !== null && !manifest.hostNotes.some((known) => known.startsWith(JOIN_NOTE))) {
      manifest.hostNotes.push(note);
    }
    for (const missing of missingLimits(probe.cgroups, config.limits)) addWarning(manifest, missing);
  }
  const outcome = await runRounds({
    runId: manifest.runId,
    seed: manifest.seed,
    rounds: manifest.rounds,
    cells,
    prepared,
    done,
    contextOf: (cell) => ({
      ledger,
      cgroups: probe.cgroups,
      contained: contained(cell),
      cgroupBases: bases,
      limits: settingOf(input, cell).config.limits,
      guard: settingOf(input, cell).config.limits,
      abort: input.abort,
    }),
    keep(record) {
      log.append(record);
      launches.push(record);
    },
    tryStart: startTrial(input, input.abort),
    quarantine(entry) {
      manifest.quarantined = [...(manifest.quarantined ?? []), entry];
      writeManifest(dir, manifest);
    },
    async settle(cell) {
      if (isGVisor(cell.config) && cell.config.network === "sandbox") await wire?.restore();
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
