/** The folder of a run: made, found again, and its manifest kept up to date. */

import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { readJson } from "../base/read-json.ts";
import { writeAtomically } from "../base/write-atomically.ts";
import { RUN_SCHEMA, type RunManifest } from "../samples/run-manifest.ts";

export const MANIFEST_FILE = "run.json";
/** Link to the newest run, beside it. */
export const LATEST = "latest";
export const LAUNCHES_FILE = "launches.ndjson";

/** `20261123-231904-1f3a`: sorts by time, unique on this host. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${stamp}-${randomBytes(2).toString("hex")}`;
}

/** @throws SbxError (exit code 4) when the folder can't be made */
export function makeRunFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw unwritable(dir, error);
  }
}

/** @throws SbxError (exit code 4) when the folder may not be written to or the disk is full */
export function writeManifest(dir: string, manifest: RunManifest): void {
  try {
    writeAtomically(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
  } catch (error) {
    throw unwritable(dir, error);
  }
}

/**
 * `latest` points to the newest run; replaced in one step.
 * @returns false where that can't be: a folder of that name is left alone, and some file systems have no links
 */
export function pointLatest(dir: string): boolean {
  const link = join(dirname(dir), LATEST);
  const temporary = `${link}.${process.pid}.tmp`;
  try {
    rmSync(temporary, { force: true });
    symlinkSync(basename(dir), temporary);
    renameSync(temporary, link);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

/** @throws SbxError (exit code 2) when the file is unreadable or of another schema */
export function readManifest(dir: string): RunManifest {
  const file = join(dir, MANIFEST_FILE);
  let manifest: RunManifest;
  try {
    manifest = readJson(file) as RunManifest;
  } catch (error) {
    throw new SbxError({
      what: `${dir} is no run that can be read`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Name the folder of a run: it has a run.json and a launches.ndjson.",
      cause: error,
    });
  }
  if (manifest.schema === RUN_SCHEMA) return manifest;
  throw new SbxError({
    what: `${file} is of another version`,
    why: `Its schema is ${JSON.stringify(manifest.schema)}; this version reads ${RUN_SCHEMA}.`,
    fix: "Read it with the version of sbx-bench that wrote it.",
  });
}

function unwritable(dir: string, error: unknown): SbxError {
  const code = (error as NodeJS.ErrnoException).code;
  return new SbxError({
    what: `The results can't be written to ${dir}`,
    why: code === "ENOSPC" ? "The disk is full." : error instanceof Error ? error.message : String(error),
    fix:
      code === "ENOSPC"
        ? "Free some space, or choose another folder with --out."
        : "Choose another folder with --out.",
    exitCode: 4,
    cause: error,
  });
}
