/** The folder of a run: made, found again, and its manifest kept up to date. */

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { SbxError } from "../errors.ts";
import { RUN_SCHEMA, type RunManifest } from "../samples/run-manifest.ts";
import { writeAtomically } from "../samples/write-atomically.ts";

export const MANIFEST_FILE = "run.json";
export const LAUNCHES_FILE = "launches.ndjson";

/** `20261123-231904-1f3a`: sorts by time, unique on this host. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  return `${stamp}-${randomBytes(2).toString("hex")}`;
}

/** @throws SbxError (exit code 4) when the folder can't be made */
export function makeRunFolder(out: string, runId: string): string {
  const dir = join(out, runId);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw unwritable(out, error);
  }
  return dir;
}

/** @throws SbxError (exit code 4) when the folder may not be written to or the disk is full */
export function writeManifest(dir: string, manifest: RunManifest): void {
  try {
    writeAtomically(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
  } catch (error) {
    throw unwritable(dir, error);
  }
}

/** `latest` points to the newest run; replaced in one step. A folder of that name is left alone. */
export function pointLatest(out: string, runId: string): void {
  const link = join(out, "latest");
  const temporary = `${link}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  symlinkSync(runId, temporary);
  renameSync(temporary, link);
}

/**
 * @param named id or folder of a run; null = the newest one that was broken off
 * @throws SbxError (exit code 2) when there is no such run or nothing to resume
 */
export function findUnfinished(out: string, named: string | null): { dir: string; manifest: RunManifest } {
  const dirs =
    named !== null
      ? [existsSync(join(out, named)) ? join(out, named) : resolve(named)]
      : existsSync(out)
        ? readdirSync(out)
            .filter((name) => name !== "latest" && existsSync(join(out, name, MANIFEST_FILE)))
            .sort()
            .reverse()
            .map((name) => join(out, name))
        : [];
  for (const dir of dirs) {
    if (!existsSync(join(dir, MANIFEST_FILE))) continue;
    const manifest = readManifest(dir);
    if (manifest.endedAt === null) return { dir, manifest };
    if (named !== null) {
      throw new SbxError({
        what: `Run ${basename(dir)} can't be resumed`,
        why: `It ended at ${manifest.endedAt}; nothing is missing.`,
        fix: "Start a new run without --resume.",
      });
    }
  }
  throw new SbxError({
    what: named === null ? "There is no run to resume" : `There is no run ${named}`,
    why: `${out} holds no ${named === null ? "run that was broken off" : "such run"}.`,
    fix: "Start a new run without --resume, or name the folder of the runs with --out.",
  });
}

/** @throws SbxError (exit code 2) when the file is unreadable or of another schema */
export function readManifest(dir: string): RunManifest {
  const file = join(dir, MANIFEST_FILE);
  let manifest: RunManifest;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8")) as RunManifest;
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
