/** Finds stored runs and reads them whole. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { findRun, runFolders } from "../run/find-run.ts";
import { LAUNCHES_FILE, readManifest } from "../run/run-folder.ts";
import { readLaunchLog } from "../samples/launch-log.ts";
import type { StoredRun } from "./stored-run.ts";

/** Names that an error message can hold. */
const NAMED = 5;

/** With the nearest name. */
function unknownRun(named: string, out: string): SbxError {
  const all = runFolders(out).map((dir) => basename(dir));
  const guess = didYouMean(named, all);
  const newest = all.slice(-NAMED).reverse();
  return new SbxError({
    what: `There is no run ${named}`,
    why:
      all.length === 0
        ? `${out} holds no runs.`
        : `${out} holds ${newest.join(", ")}${all.length > NAMED ? " and older ones" : ""}.${guess}`,
    fix: "Measure one with `sbx-bench run`, or name the folder of a run.",
  });
}

/**
 * A run with its launches in full. Lines that are no launch are left out and listed; a run without launches is
 * no error here.
 *
 * @param named id of a run under `out`, `latest`, or the path of a run's folder
 * @throws SbxError (exit code 2) when there is no such run, or it is unreadable or of another schema version
 */
export function loadRun(named: string, out: string): StoredRun {
  const found = findRun(named, out);
  if (found === null) throw unknownRun(named, out);
  const { dir: path, remark } = found;
  const manifest = readManifest(path);
  const file = join(path, LAUNCHES_FILE);
  const { records, bad } = existsSync(file) ? readLaunchLog(file) : { records: [], bad: [] };
  return {
    kind: "run",
    label: manifest.runId,
    path,
    manifest,
    launches: records,
    skipped: bad.map((line) => ({ file, ...line })),
    remark,
  };
}
