/** The tables from which an index is made, and what is asked of it once. */
import { renameSync, rmSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { cellId } from "../../plan/cell.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { medianInterval } from "../../stats/estimates/median-interval.ts";
import type { Skipped } from "../stored-run.ts";
import { findBadLines } from "./bad-lines.ts";
import { sqlText } from "./duckdb.ts";

export type Declared = { scenario: string; metric: string; title: string; better: "lower" | "higher" };

/** Metrics as the scenarios of a run declare them. */
export function declaredIn(manifest: RunManifest): Declared[] {
  return Object.entries(manifest.metrics).flatMap(([scenario, metrics]) =>
    metrics.map(({ metric, title, better }) => ({ scenario, metric, title, better })),
  );
}

/** Twins repeat a cell, and of an interleaved run side a is the old one: neither is a point of history. */
export async function loadPlan(connection: DuckDBConnection, manifest: RunManifest): Promise<void> {
  const cells = manifest.cells
    .filter(({ side, twinOf }) => twinOf === undefined && side !== "a")
    .map(({ id, scenario, config }) => ({
      launched: id,
      cell: cellId(config, scenario),
      scenario,
      ...config,
    }));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE cells AS SELECT unnest(from_json($1::JSON,
      '[{"launched":"VARCHAR","cell":"VARCHAR","scenario":"VARCHAR","sandbox":"VARCHAR","platform":"VARCHAR","network":"VARCHAR","seccomp":"VARCHAR"}]'), max_depth := 2)`,
    [JSON.stringify(cells)],
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE declared AS SELECT unnest(from_json($1::JSON,
      '[{"scenario":"VARCHAR","metric":"VARCHAR","better":"VARCHAR"}]'), max_depth := 2)`,
    [JSON.stringify(declaredIn(manifest))],
  );
}

/** Written beside and renamed: a reader sees the whole file or none. */
export async function copyTo(parquet: string, connection: DuckDBConnection, query: string): Promise<void> {
  const unfinished = `${parquet}.${process.pid}.tmp`;
  try {
    await connection.run(`COPY (${query}) TO ${sqlText(unfinished)} (FORMAT parquet, COMPRESSION zstd)`);
    renameSync(unfinished, parquet);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Which ordered values bound the median of n launches, for every n that occurs. */
export async function loadMedianRanks(connection: DuckDBConnection, rows: string): Promise<void> {
  const counts = await connection.runAndReadAll(
    `SELECT DISTINCT n FROM (SELECT count(*)::INTEGER AS n FROM read_parquet(${sqlText(rows)}) WHERE metric IS NOT NULL GROUP BY cell, metric)`,
  );
  const ranks = counts.getRowsJS().flatMap(([n]) => {
    const interval = medianInterval(Array.from({ length: Number(n) }, (_, index) => index));
    return interval === null ? [] : [{ n: Number(n), low: interval.lowOrder, high: interval.highOrder }];
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ranks AS SELECT unnest(from_json($1::JSON,
      '[{"n":"INTEGER","low":"INTEGER","high":"INTEGER"}]'), max_depth := 2)`,
    [JSON.stringify(ranks)],
  );
}

export async function contents(
  connection: DuckDBConnection,
  parquet: string,
): Promise<{ cells: string[]; metrics: string[] }> {
  const distinct = async (column: string) =>
    (
      await connection.runAndReadAll(
        `SELECT DISTINCT ${column} FROM read_parquet(${sqlText(parquet)}) WHERE ${column} IS NOT NULL ORDER BY 1`,
      )
    )
      .getRowsJS()
      .map(([value]) => String(value));
  return { cells: await distinct("cell"), metrics: await distinct("metric") };
}

/** Most files have none, and then they are not read a second time. */
export async function skippedLines(connection: DuckDBConnection, file: string): Promise<Skipped[]> {
  const [row] = (
    await connection.runAndReadAll(
      "SELECT count(*) FILTER (NOT readable), count(*) FILTER (isnan(value) OR isinf(value)) FROM samples",
    )
  ).getRowsJS();
  const [unreadable, notFinite] = (row ?? []).map(Number);
  if (unreadable === 0 && notFinite === 0) return [];
  const bad = await findBadLines(file);
  if (bad.length >= (unreadable ?? 0)) return bad;
  return [...bad, { file, line: null, message: `${unreadable} lines are no launches` }];
}
