/** Runs on disk: all of a folder, and the one that a name stands for. */
import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { isFolder } from "../base/is-folder.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { LATEST, MANIFEST_FILE, readManifest } from "./run-folder.ts";

/** Folders of the runs under `out`, by name; the link `latest` is not counted again. */
export function runFolders(out: string): string[] {
  if (!isFolder(out)) return [];
  return readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(out, entry.name, MANIFEST_FILE)))
    .map((entry) => join(out, entry.name))
    .sort();
}

export type RunFound = { dir: string; manifest: RunManifest };

/**
 * Runs under `out` in the order in which they started, by their manifests: folders may have been renamed. A copy of a
 * run (a `latest` that was a link before it was uploaded) counts once; what can't be read is left out.
 */
export function runsByStart(out: string): RunFound[] {
  const byId = new Map<string, RunFound>();
  for (const dir of runFolders(out)) {
    const manifest = readableManifest(dir);
    if (manifest === null) continue;
    const known = byId.get(manifest.runId);
    if (known === undefined || basename(dir) === manifest.runId) byId.set(manifest.runId, { dir, manifest });
  }
  // Stable, so runs of one start stay in the order of their names.
  return [...byId.values()].sort((x, y) => startMs(x) - startMs(y));
}

function startMs({ manifest }: RunFound): number {
  const ms = Date.parse(manifest.startedAt);
  return Number.isNaN(ms) ? 0 : ms;
}

/** One broken folder among the runs is no reason not to find the others. */
function readableManifest(dir: string): RunManifest | null {
  try {
    return readManifest(dir);
  } catch (error) {
    if (error instanceof SbxError) return null;
    throw error;
  }
}

/**
 * The run that a name stands for.
 *
 * Where `latest` is no link (uploads and copies make a folder of it, some leave it out) it says nothing of what is
 * newest: then the run that started last is taken, and `remark` says so.
 *
 * @param named id of a run under `out`, `latest`, or the path of a run's folder
 * @returns its folder, links resolved; `null` where there is none
 */
export function findRun(named: string, out: string): { dir: string; remark: string | null } | null {
  for (const dir of [join(out, named), resolve(named)]) {
    const newest =
      basename(dir) === LATEST && !isLinkToRun(dir) ? runsByStart(dirname(dir)).at(-1) : undefined;
    if (newest !== undefined) {
      const { runId, startedAt } = newest.manifest;
      const why = existsSync(dir) ? `${dir} is a folder and not a link` : `there is no ${dir}`;
      return {
        dir: realpathSync(newest.dir),
        remark: `${why}; taken is the newest run by its manifest, ${runId}, started ${startedAt}`,
      };
    }
    if (existsSync(join(dir, MANIFEST_FILE))) return { dir: realpathSync(dir), remark: null };
  }
  return null;
}

function isLinkToRun(dir: string): boolean {
  // Asked first: it answers, whatever stands in the way to `dir`.
  return existsSync(join(dir, MANIFEST_FILE)) && lstatSync(dir).isSymbolicLink();
}
