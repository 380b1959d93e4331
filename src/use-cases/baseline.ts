/** `baseline`: runs that are kept under a name. */
import { statSync } from "node:fs";
import { SbxError } from "../base/errors.ts";
import { type BaselineRow, baselineRow } from "../report/baseline/terminal.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { summarise } from "../stats/summaries/summarise.ts";
import type { Summary } from "../stats/summaries/summary-types.ts";
import {
  baselineFiles,
  baselineNames,
  findBaselines,
  readBaseline,
  removeBaseline,
  saveBaseline,
} from "../store/baseline/baselines.ts";
import { loadRun } from "../store/load-run.ts";
import { sayStored } from "./stored-notes.ts";
import type { UseCaseContext } from "./use-case.ts";

export type BaselineRequest = {
  name: string;
  /** Folder of the baselines. */
  dir: string;
  /** Start of a fingerprint's id; `null` = all of that name. */
  fingerprint: string | null;
};

export type KeepRequest = {
  name: string;
  /** Id or folder of a run, or `latest`; and the folder of the runs. */
  run: string;
  out: string;
  dir: string;
  /** Replace the one that is there, and accept a run that was interrupted. */
  force: boolean;
};

export type Kept = { run: string; file: string; sizeBytes: number };

/** @throws SbxError (exit code 2) for a run that there is not, a name that is none, and one that is taken */
export async function keepAsBaseline(request: KeepRequest, { say }: UseCaseContext): Promise<Kept> {
  const stored = loadRun(request.run, request.out);
  sayStored(say, stored);
  const file = saveBaseline(request.name, stored, request.dir, request.force);
  return { run: stored.label, file, sizeBytes: statSync(file).size };
}

/** A row a file; one that can't be read is named in a warning and does not hide the others. */
export async function listBaselines(
  { dir }: Pick<BaselineRequest, "dir">,
  { say }: UseCaseContext,
): Promise<BaselineRow[]> {
  return baselineNames(dir)
    .flatMap((name) => baselineFiles(dir, name))
    .map((file) => {
      try {
        const { manifest, launches } = readBaseline(file);
        return baselineRow(manifest, launches, file);
      } catch (error) {
        if (!(error instanceof SbxError)) throw error;
        say({ type: "warning", message: `${error.what}: ${error.why}` });
        return baselineRow(null, [], file);
      }
    });
}

export type ShownBaseline = {
  file: string;
  manifest: RunManifest;
  launches: readonly LaunchRecord[];
  summary: Summary;
};

/** @throws SbxError (exit code 2) where there is none, or one can't be read */
export async function showBaseline({ name, dir, fingerprint }: BaselineRequest): Promise<ShownBaseline[]> {
  return findBaselines(name, dir, fingerprint).map((file) => {
    const { manifest, launches } = readBaseline(file);
    return { file, manifest, launches, summary: summarise(manifest, launches) };
  });
}

/** @returns the files that are gone. @throws SbxError (exit code 2) where there is none */
export async function forgetBaseline({ name, dir, fingerprint }: BaselineRequest): Promise<string[]> {
  return removeBaseline(name, dir, fingerprint);
}
