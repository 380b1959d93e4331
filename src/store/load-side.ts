/** What a comparison can be made with: a stored run or a baseline, by name. */
import { SbxError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { findRun, runFolders } from "../run/find-run.ts";
import { type DifferingField, differingFields } from "../samples/differing-fields.ts";
import type { Fingerprint } from "../samples/run-manifest.ts";
import { baselineFiles, baselineNames, loadBaseline } from "./baseline/baselines.ts";
import { loadRun } from "./load-run.ts";
import { reduceLaunches } from "./reduce-launch.ts";
import type { StoredRun } from "./stored-run.ts";

export type Side = StoredRun & {
  /** Fields in which the host that measured it differs from the one asked for; empty = comparable. */
  unlike: DifferingField[];
};

/**
 * A side of a comparison, with its launches reduced whatever it is, so that like is held against like.
 *
 * @param named a baseline's name, a run's id, `latest`, or a run's folder; a baseline comes first
 * @param folders of the runs and of the baselines
 * @param host of the other side: picks the baseline among those of one name; `null` = any, `unlike` stays empty
 * @throws SbxError (exit code 2) when there is none of that name (with the nearest one), or it can't be read
 */
export function loadSide(
  named: string,
  folders: { out: string; baselines: string },
  host: Fingerprint | null,
): Side {
  const baselines = baselineFiles(folders.baselines, named);
  if (baselines.length > 0) {
    return loadBaseline(named, folders.baselines, host);
  }
  if (findRun(named, folders.out) === null) throw unknownSide(named, folders);
  const run = loadRun(named, folders.out);
  return {
    ...run,
    launches: reduceLaunches(run.manifest, run.launches),
    unlike: host === null ? [] : differingFields(run.manifest.fingerprint, host),
  };
}

function unknownSide(named: string, { out, baselines }: { out: string; baselines: string }): SbxError {
  const names = baselineNames(baselines);
  const runs = runFolders(out).length;
  const guess = nearest(named, [...names, ...runFolders(out).map((dir) => dir.slice(out.length + 1))]);
  return new SbxError({
    what: `There is no baseline or run ${named}`,
    why: `Baselines in ${baselines}: ${names.join(", ") || "none"}. Runs in ${out}: ${runs === 0 ? "none" : runs}.${
      guess === null ? "" : ` Did you mean "${guess}"?`
    }`,
    fix: "Name a baseline (`sbx-bench baseline list`), the id of a run, or a run's folder.",
  });
}
