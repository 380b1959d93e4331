/** Finds stored runs and reads them whole. */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { findRun, runFolders } from "../run/find-run.ts";
import { LAUNCHES_FILE, readManifest } from "../run/run-folder.ts";
import { readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { Skipped, StoredRun } from "./stored-run.ts";

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
 * A run with its launches in full. Lines that are no launch are left out and listed, and so are launches that no
 * figure will come from; a run without launches is no error here.
 *
 * @param named id of a run under `out`, `latest`, or the path of a run's folder
 * @throws SbxError (exit code 2) when there is no such run, or it is unreadable or of another schema version
 */
export function loadRun(named: string, out: string): StoredRun {
  const found = findRun(named, out);
  if (found === null) throw unknownRun(named, out);
  const { dir: path, remark } = found;
  const manifest = readManifest(path);
  const file = launchesFile(path);
  const { records, bad } = existsSync(file) ? readLaunchLog(file) : { records: [], bad: [] };
  return {
    kind: "run",
    label: manifest.runId,
    path,
    manifest,
    launches: records,
    skipped: [...bad.map((line) => ({ file, ...line })), ...unused(manifest, records, file)],
    remark,
  };
}

/** Packed where a run was made smaller to be kept: `launches.ndjson.gz`. */
function launchesFile(dir: string): string {
  const file = join(dir, LAUNCHES_FILE);
  const packed = `${file}.gz`;
  return !existsSync(file) && existsSync(packed) ? packed : file;
}

/** Launches that analysis passes over: those of a cell that the run does not have, and the earlier ones of a round. */
function unused({ cells }: RunManifest, launches: readonly LaunchRecord[], file: string): Skipped[] {
  const known = new Set(cells.map(({ id }) => id));
  const strange = launches.filter(({ cell }) => !known.has(cell));
  const seen = new Set<string>();
  const repeated = launches.filter(({ cell, round }) => {
    const place = `${round} ${cell}`;
    return seen.has(place) || !seen.add(place);
  });
  const told = (list: readonly LaunchRecord[], words: (count: string, example: string) => string) => {
    const [one] = list;
    if (one === undefined) return [];
    const count = list.length === 1 ? "1 launch" : `${list.length} launches`;
    return [{ file, line: null, message: words(count, `${one.cell}, round ${one.round + 1}`) }];
  };
  return [
    ...told(strange, (count, example) => `${count} of cells that run.json does not have (${example})`),
    ...told(repeated, (count, example) => `${count} that a later line replaces (${example})`),
  ];
}
