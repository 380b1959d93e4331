import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { sqlList, sqlText } from "./duckdb.ts";

/**
 * Launch rows as one Parquet file, written whole or not at all.
 *
 * @param files rows files of the runs to export
 * @param metric `null` = all of them
 * @returns the number of rows
 */
export async function exportParquet(
  connection: DuckDBConnection,
  files: readonly string[],
  choice: { metric: string | null; cells: readonly string[] },
  target: string,
): Promise<number> {
  mkdirSync(dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}.tmp`;
  const wanted = `FROM read_parquet(${sqlList(files)}) WHERE metric IS NOT NULL
    AND cell IN (SELECT unnest(${sqlList(choice.cells)}))
    ${choice.metric === null ? "" : `AND metric = ${sqlText(choice.metric)}`}`;
  try {
    await connection.run(
      `COPY (SELECT * ${wanted} ORDER BY runStartedAt, run, metric, cell, round)
       TO ${sqlText(unfinished)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${sqlText(target)})`);
  return Number(counted.getRowsJS()[0]?.[0] ?? 0);
}
