import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { makeCacheDir } from "../../base/make-cache-dir.ts";
import { sqlList, sqlText } from "./duckdb.ts";

/**
 * Launch rows as one Parquet file. DuckDB writes to files only, and would replace a device by one: so it writes to
 * the cache, and the caller hands the content on.
 *
 * @param files rows files of the runs to export
 * @param metric `null` = all of them
 * @returns the file's content and the number of its rows
 */
export async function exportParquet(
  connection: DuckDBConnection,
  files: readonly string[],
  choice: { metric: string | null; cells: readonly string[] },
): Promise<{ content: Uint8Array; rows: number }> {
  const file = join(makeCacheDir("history"), `export.${process.pid}.tmp`);
  const wanted = `FROM read_parquet(${sqlList(files)}) WHERE metric IS NOT NULL
    AND cell IN (SELECT unnest(${sqlList(choice.cells)}))
    ${choice.metric === null ? "" : `AND metric = ${sqlText(choice.metric)}`}`;
  try {
    await connection.run(
      `COPY (SELECT * ${wanted} ORDER BY runStartedAt, run, metric, cell, round)
       TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${sqlText(file)})`);
    return { content: readFileSync(file), rows: Number(counted.getRowsJS()[0]?.[0] ?? 0) };
  } finally {
    rmSync(file, { force: true });
  }
}
