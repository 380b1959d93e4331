/** Finds stored runs and reads them whole. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { LAUNCHES_FILE, MANIFEST_FILE, readManifest } from "../run/run-folder.ts";
import { readLaunchLog } from "../samples/launch-log.ts";
import type { StoredRun } from "./stored-run.ts";

/** Folders of the runs under `out`, oldest first; `latest` is a link to one of them and not counted again. */
export function runFolders(out: string): string[] {
  if (!existsSync(out)) return [];
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(out, entry.name, MANIFEST_FILE)))
    .map((entry) => join(out, entry.name))
    .sort();
}

/** Names that an error message can hold. */
const NAMED = 5;

/**
 * @param named id of a run under `out`, `latest`, or the path of a run's folder
 * @returns its folder, links resolved
 * @throws SbxError (exit code 2) when there is no such run, with the nearest name
 */
function findRun(named: string, out: string): string {
  for (const dir of [join(out, named), resolve(named)]) {
    if (existsSync(join(dir, MANIFEST_FILE))) return realpathSync(dir);
  }
  const all = runFolders(out).map((dir) => basename(dir));
  const guess = didYouMean(named, all);
  const newest = all.slice(-NAMED).reverse();
  throw new SbxError({
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
 * @throws SbxError (exit code 2) when there is no such run, or it is unreadable or of another schema version
 */
export function loadRun(named: string, out: string): StoredRun {
  const path = findRun(named, out);
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
  };
}
