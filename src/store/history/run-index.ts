/**
 * The rows of a run or of a baseline as Parquet in the cache, made once from its NDJSON and made anew when that
 * changes. The NDJSON stays the truth: the index can be deleted at any time.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { cacheDir } from "../../base/cache-folder.ts";
import { requireRegularFile } from "../../base/regular-file.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import { LAUNCHES_FILE, MANIFEST_FILE, readManifest } from "../../run/run-folder.ts";
import type { Fingerprint, RunManifest } from "../../samples/run-manifest.ts";
import { readBaseline } from "../baseline/baselines.ts";
import type { Skipped } from "../stored-run.ts";
import {
  contents,
  copyTo,
  type Declared,
  declaredIn,
  loadMedianRanks,
  loadPlan,
  skippedLines,
} from "./index-tables.ts";
import { indexRows, pointsOf, samplesOfBaseline, samplesOfRun } from "./rows-sql.ts";

/** Changes with the rows' shape or meaning: an index of another version is made anew. */
const INDEX_SCHEMA = "sbx-bench/history-index@1";

/** What stands in the cache beside the rows. */
export type RunIndex = {
  schema: typeof INDEX_SCHEMA;
  kind: "run" | "baseline";
  /** Folder of the run or file of the baseline. */
  source: string;
  /** Sizes and times of the source's files when the index was made. */
  state: string;
  /** Parquet file with a row a launch and metric; `null` where nothing was launched. */
  rows: string | null;
  /** Parquet file with a row a cell and metric: what history asks for. */
  points: string | null;
  runId: string;
  startedAt: string;
  toolVersion: string;
  emulated: boolean;
  fingerprint: Fingerprint;
  cells: string[];
  /** As the scenarios declare them; `metrics` may have more. */
  declared: Declared[];
  metrics: string[];
  skipped: Skipped[];
};

export type Source = { kind: "run" | "baseline"; path: string };

/** Where the indices lie. */
export function indexFolder(): string {
  return cacheDir("history");
}

/** The index if there is one that still holds. Costs the reading of one small file. */
export function readIndex(source: Source): RunIndex | null {
  const stored = readStored(`${indexBase(source)}.json`);
  if (stored?.schema !== INDEX_SCHEMA || stored.state !== stateOf(source)) return null;
  const index = stored as RunIndex;
  const files = [index.rows, index.points].filter((file) => file !== null);
  return files.every((file) => existsSync(file)) ? index : null;
}

/** @throws SbxError (exit code 2) when the run's manifest or the baseline can't be read */
export async function makeIndex(source: Source, connection: DuckDBConnection): Promise<RunIndex> {
  const state = stateOf(source);
  const file = source.kind === "run" ? join(source.path, LAUNCHES_FILE) : source.path;
  const manifest = source.kind === "run" ? readManifest(source.path) : readBaseline(source.path).manifest;
  const base = indexBase(source);
  const rows = `${base}-${hash(state)}-rows.parquet`;
  const points = `${base}-${hash(state)}-points.parquet`;
  const about = { kind: source.kind, source: source.path, state, ...aboutRun(manifest) };
  let index: RunIndex = {
    ...{ schema: INDEX_SCHEMA, ...about, rows: null, points: null, cells: [], metrics: [], skipped: [] },
  };
  // The database would wait for a FIFO's writer, and fail on a folder in words of its own.
  if (existsSync(file)) requireRegularFile(file);
  if (existsSync(file) && statSync(file).size > 0) {
    await connection.run(
      source.kind === "run" ? samplesOfRun(file) : samplesOfBaseline(file, manifest.startedAt),
    );
    await loadPlan(connection, manifest);
    const { runId, startedAt, toolVersion, fingerprint } = manifest;
    await copyTo(rows, connection, indexRows({ runId, startedAt, toolVersion, fingerprint: fingerprint.id }));
    await loadMedianRanks(connection, rows);
    await copyTo(points, connection, pointsOf(rows));
    const skipped = await skippedLines(connection, file);
    index = { ...index, rows, points, skipped, ...(await contents(connection, rows)) };
  }
  const old = readStored(`${base}.json`);
  writeAtomically(`${base}.json`, JSON.stringify(index));
  for (const file of [old?.rows, old?.points]) {
    if (typeof file === "string" && file !== index.rows && file !== index.points)
      rmSync(file, { force: true });
  }
  return index;
}

function aboutRun(manifest: RunManifest) {
  const { runId, startedAt, toolVersion, emulated, fingerprint } = manifest;
  return { runId, startedAt, toolVersion, emulated, fingerprint, declared: declaredIn(manifest) };
}

/** Changes whenever one of the source's files does. */
function stateOf({ kind, path }: Source): string {
  const files = kind === "run" ? [join(path, MANIFEST_FILE), join(path, LAUNCHES_FILE)] : [path];
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? "none" : `${stat.size}@${stat.mtimeNs}`;
    })
    .join(" ");
}

function indexBase({ path }: Source): string {
  return join(indexFolder(), hash(path));
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** What a file of the index folder says, whatever its version; `null` when it says nothing. */
export function readStored(file: string): Partial<RunIndex> | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Partial<RunIndex>;
  } catch {
    return null;
  }
}
