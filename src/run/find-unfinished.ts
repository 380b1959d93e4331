/** The run that `--resume` goes on with. */
import { basename } from "node:path";
import { SbxError } from "../base/errors.ts";
import { findRun, type RunFound, runsByStart } from "./find-run.ts";
import { readManifest } from "./run-folder.ts";

/**
 * @param named id or folder of a run; null = the newest one that was interrupted
 * @returns with what a user has to know about how it was found
 * @throws SbxError (exit code 2) when there is no such run or nothing to resume
 */
export function findUnfinished(out: string, named: string | null): RunFound & { remark: string | null } {
  const found = named === null ? newestUnfinished(out) : findRun(named, out);
  if (found === null) {
    throw new SbxError({
      what: named === null ? "There is no run to resume" : `There is no run ${named}`,
      why: `${out} holds no ${named === null ? "run that was interrupted" : "such run"}.`,
      fix: "Start a new run without --resume, or name the folder of the runs with --out.",
    });
  }
  const { dir, remark } = found;
  const manifest = readManifest(dir);
  if (manifest.endedAt === null) return { dir, manifest, remark };
  throw new SbxError({
    what: `Run ${basename(dir)} can't be resumed`,
    why: `It ended at ${manifest.endedAt}; nothing is missing.`,
    fix: "Start a new run without --resume.",
  });
}

function newestUnfinished(out: string): { dir: string; remark: null } | null {
  const newest = runsByStart(out).findLast(({ manifest }) => manifest.endedAt === null);
  return newest === undefined ? null : { dir: newest.dir, remark: null };
}
