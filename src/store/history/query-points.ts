import type { DuckDBConnection } from "@duckdb/node-api";
import type { Unit } from "../../samples/launch-record.ts";
import { sqlList } from "./duckdb.ts";

/** One metric of one cell in one run: the median of its launches. */
export type HistoryPoint = {
  runId: string;
  /** Of the run, ISO 8601, UTC. */
  startedAt: string;
  fingerprint: string;
  toolVersion: string;
  cell: string;
  scenario: string;
  unit: Unit;
  better: "lower" | "higher";
  median: number;
  /** Exact 95 % interval of the median; `null` below 6 launches. */
  low: number | null;
  high: number | null;
  launches: number;
  disturbed: number;
  /** Failed launches of the cell. */
  failed: number;
};

/** A cell of a run that has no point because its launches failed. */
export type FailedCell = { runId: string; cell: string; failed: number };

/** Above this share of failed launches the rest stands for the cell only from six good ones on (stats/cell-data.ts). */
const TOLERATED_FAILURES = 0.2;
const LAUNCHES_WORTH_KEEPING = 6;

/**
 * Points of a metric, in the order of the runs' start, with the rule of the report for cells that failed.
 *
 * @param files points files of the runs to ask
 */
export async function queryPoints(
  connection: DuckDBConnection,
  files: readonly string[],
  metric: string,
): Promise<{ points: HistoryPoint[]; failed: FailedCell[] }> {
  if (files.length === 0) return { points: [], failed: [] };
  const reader = await connection.runAndReadAll(
    `SELECT run AS "runId", runStartedAt AS "startedAt", fingerprint, toolVersion AS "toolVersion", cell, scenario,
       metric, unit, better, median, low, high, launches, disturbed, failed, good
     FROM read_parquet(${sqlList(files)}) WHERE metric = $1 OR metric IS NULL ORDER BY runStartedAt, run, cell`,
    [metric],
  );
  const rows = reader.getRowObjectsJS() as (HistoryPoint & { metric: string | null; good: number })[];
  const counts = ({ failed, good }: { failed: number; good: number }) =>
    good >= LAUNCHES_WORTH_KEEPING || (good > 0 && failed <= TOLERATED_FAILURES * (good + failed));
  return {
    points: rows
      .filter((row) => row.metric !== null && counts(row))
      .map(({ metric: _, good: __, ...point }) => point),
    failed: rows.filter((row) => !counts(row)).map(({ runId, cell, failed }) => ({ runId, cell, failed })),
  };
}
