import { existsSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { SbxError } from "../../base/errors.ts";
import { makeCacheDir } from "../../base/make-cache-dir.ts";
import { runFolders } from "../../run/find-run.ts";
import { baselineFiles, baselineNames } from "../baseline/baselines.ts";
import type { Skipped } from "../stored-run.ts";
import { indexFolder, makeIndex, type RunIndex, readIndex, readStored, type Source } from "./run-index.ts";

/** Indices of all runs and baselines, oldest first, and what could not be read. */
export type Indexed = { indices: RunIndex[]; skipped: Skipped[] };

/**
 * Runs under `out` and baselines under `baselines`. A baseline whose run is still there adds nothing and is left
 * out. Indices that are missing or out of date are made first, which `onProgress` tells.
 * @throws SbxError (exit code 4) where the cache takes none
 */
export async function indexAll(
  folders: { out: string; baselines: string },
  connection: DuckDBConnection,
  onProgress: (message: string) => void,
): Promise<Indexed> {
  const found = [...runSources(folders.out), ...baselineSources(folders.baselines)].map((source) => ({
    source,
    index: readIndex(source),
  }));
  const missing = found.filter(({ index }) => index === null).length;
  if (missing > 0) {
    // Before the first run is read: no cache is no fault of any of them.
    makeCacheDir("history");
    dropOrphans();
  }
  const byRun = new Map<string, RunIndex>();
  const skipped: Skipped[] = [];
  let made = 0;
  for (const { source, index: known } of found) {
    if (known === null) onProgress(`indexing ${++made} of ${missing}: ${source.path}`);
    const index = known ?? (await readable(source, connection, skipped));
    if (index === null) continue;
    skipped.push(...index.skipped);
    if (!byRun.has(index.runId)) byRun.set(index.runId, index);
  }
  const indices = [...byRun.values()].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return { indices, skipped };
}

function runSources(out: string): Source[] {
  return runFolders(out).map((dir) => ({ kind: "run", path: realpathSync(dir) }));
}

function baselineSources(dir: string): Source[] {
  return baselineNames(dir).flatMap((name) =>
    baselineFiles(dir, name).map((file): Source => ({ kind: "baseline", path: realpathSync(file) })),
  );
}

/** One broken run is named and does not hide the others. */
async function readable(
  source: Source,
  connection: DuckDBConnection,
  skipped: Skipped[],
): Promise<RunIndex | null> {
  try {
    return await makeIndex(source, connection);
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    skipped.push({ file: source.path, line: null, message: `${error.what}: ${error.why}` });
    return null;
  }
}

/** Indices whose run or baseline is gone. */
function dropOrphans(): void {
  const folder = indexFolder();
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".json"))) {
    const index = readStored(join(folder, name));
    if (index?.source !== undefined && existsSync(index.source)) continue;
    for (const file of [index?.rows, index?.points, join(folder, name)])
      if (typeof file === "string") rmSync(file, { force: true });
  }
}
