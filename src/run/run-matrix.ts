/** The use case `run`: plan, prepare, measure, keep. Reports are made from what it leaves. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { dropPartialLine, LaunchLog, readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { holdEnvironment } from "./environment/hold-environment.ts";
import type { RunObserver } from "./events.ts";
import { ManifestWriter } from "./manifest-writer.ts";
import { buildScenarios } from "./rounds/build-scenarios.ts";
import { measureCells } from "./rounds/measure-cells.ts";
import { plannedCells, prepareCells } from "./rounds/prepare-cells.ts";
import { LAUNCHES_FILE, makeRunFolder, pointLatest } from "./run-folder.ts";
import type { RunInput } from "./run-input.ts";

export type RunResult = {
  dir: string;
  manifest: RunManifest;
  launches: LaunchRecord[];
  /** False when it was interrupted; `--resume` goes on. */
  finished: boolean;
};

/** @throws SbxError when results can't be kept or nothing can be run; what was measured stays on disk */
export async function runMatrix(input: RunInput): Promise<RunResult> {
  const { dir, observe } = input;
  makeRunFolder(dir);
  const logFile = join(dir, LAUNCHES_FILE);
  const done = existsSync(logFile) ? resumeLog(logFile, observe) : [];
  const writer = new ManifestWriter(dir, input.manifest);
  writer.save();
  const { runId, extended } = writer.manifest;
  // A run that gets more rounds stays as old as it is.
  if (extended !== true && !pointLatest(dir))
    observe({ type: "warning", message: `${dir} is not linked as "latest" beside it` });

  const built = await buildScenarios(input, plannedCells(writer.manifest), (name) =>
    observe({ type: "preparing", what: `scenario ${name}` }),
  );
  const log = new LaunchLog(logFile);
  try {
    return await holdEnvironment({ host: input.probe, runId, observe }, async (held) => {
      const prepared = await prepareCells(input, writer, built, held);
      writer.save();
      const launches = [...done];
      const { finished, ...times } = await measureCells(input, writer, { held, prepared, done }, (record) => {
        log.append(record);
        launches.push(record);
      });
      log.flush();
      writer.record({ type: "session-ended", ...times });
      if (finished) {
        const rounds = input.steering === undefined ? {} : { rounds: roundsReached(launches) };
        writer.record({ type: "ended", at: new Date().toISOString(), ...rounds });
      }
      writer.save();
      return { dir, manifest: writer.manifest, launches, finished };
    });
  } finally {
    log.close();
    observe({ type: "end" });
  }
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
