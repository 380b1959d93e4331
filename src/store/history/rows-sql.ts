/**
 * SQL that turns the NDJSON of a run or of a baseline into rows, one a launch and metric.
 *
 * Both leave a table `samples`: line (the order in the file), cell, round, position, startedAt, good, disturbed,
 * metric, unit, source, place, value. Each launch also has a row without a metric (source 0), which is all that a
 * failed one has.
 */
import { LAUNCH_SCHEMA } from "../../samples/launch-record.ts";
import { sqlText } from "./duckdb.ts";

/** What of a launch is read; the histograms, most of the bytes, are skipped. */
const LAUNCH_COLUMNS = `{
  schema: 'VARCHAR', cell: 'VARCHAR', round: 'DOUBLE', position: 'INTEGER', startedAt: 'VARCHAR', status: 'VARCHAR',
  phases: 'STRUCT(readyNs DOUBLE, workNs DOUBLE, exitNs DOUBLE, cleanupNs DOUBLE)',
  load: 'STRUCT(disturbed VARCHAR[])', cpuNs: 'DOUBLE',
  ops: 'STRUCT(op VARCHAR, unit VARCHAR, batches DOUBLE[], median DOUBLE)[]',
  "values": 'STRUCT(name VARCHAR, unit VARCHAR, value DOUBLE)[]',
  memory: 'STRUCT(mark VARCHAR, pssBytes DOUBLE, cgroupBytes DOUBLE, cgroupShmemBytes DOUBLE)[]'
}`;

const sample = (metric: string, unit: string, source: number, value: string, batches = "NULL") =>
  `{metric: ${metric}, unit: ${unit}, source: ${source}, batches: ${batches}::DOUBLE[], value: (${value})::DOUBLE}`;

const memory = (kind: string, field: string) =>
  `list_transform(memory, m -> ${sample(`'${kind}@' || m.mark`, "'bytes'", 3, `m.${field}`)})`;

/** As in stats/host-metrics.ts; a test holds the two together. */
const HOST_SAMPLES = `
    [${sample("'ready'", "'ns'", 3, "phases.readyNs")},
     ${sample("'exit'", "'ns'", 3, "phases.exitNs")},
     ${sample("'cleanup'", "'ns'", 3, "phases.cleanupNs")},
     ${sample("'total'", "'ns'", 3, "phases.readyNs + phases.workNs + phases.exitNs + phases.cleanupNs")},
     ${sample("'launch-cpu'", "'ns'", 3, "cpuNs")}],
    ${memory("pss", "pssBytes")},
    ${memory("cgroup", "cgroupBytes")},
    ${memory("cgroup-shmem", "cgroupShmemBytes")}`;

/** A malformed line is a row of NULLs here: it is counted, and then looked up by `findBadLines`. */
export function samplesOfRun(file: string): string {
  return `
CREATE OR REPLACE TEMP TABLE samples AS
WITH launches AS (
  SELECT *, row_number() OVER () AS line, coalesce(schema = ${sqlText(LAUNCH_SCHEMA)} AND cell IS NOT NULL AND round = trunc(round)
    AND status IN ('ok', 'failed') AND ops IS NOT NULL AND "values" IS NOT NULL AND memory IS NOT NULL
    AND phases IS NOT NULL AND load IS NOT NULL, false) AS readable
  FROM read_json(${sqlText(file)}, format = 'newline_delimited', ignore_errors = true, columns = ${LAUNCH_COLUMNS})
), listed AS (
  SELECT line, cell, round, position, startedAt, status, load, readable, list_concat(
    [${sample("NULL::VARCHAR", "NULL::VARCHAR", 0, "NULL")}],
    list_transform(ops, o -> ${sample("o.op", "o.unit", 1, "o.median", "o.batches")}),
    list_transform("values", v -> ${sample("v.name", "v.unit", 2, "v.value")}),${HOST_SAMPLES}) AS samples
  FROM launches
), unnested AS (
  SELECT * EXCLUDE (samples), unnest(samples) AS s, generate_subscripts(samples, 1) AS place FROM listed
)
SELECT line, cell, round::INTEGER AS round, position, startedAt, status = 'ok' AS good, readable,
  len(load.disturbed) > 0 AS disturbed, s.metric, s.unit, s.source, place,
  CASE WHEN len(s.batches) >= 8 THEN launch_value(s.batches, s.value) ELSE s.value END AS value
FROM unnested
WHERE s.source = 0 OR (readable AND status = 'ok' AND s.value IS NOT NULL)`;
}

const BASELINE_COLUMNS = `{
  type: 'VARCHAR', cell: 'VARCHAR', rounds: 'INTEGER[]', positions: 'INTEGER[]', startedMs: 'JSON', disturbed: 'INTEGER[]',
  round: 'INTEGER', position: 'INTEGER', metric: 'VARCHAR', unit: 'VARCHAR', "values": 'DOUBLE[]'
}`;

/** @param startedAt of the run; a baseline keeps the launches' times relative to it */
export function samplesOfBaseline(file: string, startedAt: string): string {
  const time = (ms: string) =>
    `strftime(${sqlText(startedAt)}::TIMESTAMP + to_milliseconds((${ms})::DOUBLE), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return `
CREATE OR REPLACE TEMP TABLE samples AS
WITH lines AS (
  SELECT * FROM read_json(${sqlText(file)}, format = 'newline_delimited', ignore_errors = true,
    columns = ${BASELINE_COLUMNS})
), good AS (
  SELECT cell, disturbed AS disturbedRounds, unnest(rounds) AS round, unnest(positions) AS position,
    unnest(startedMs::DOUBLE[]) AS ms
  FROM lines WHERE type = 'launches'
), figures AS (
  SELECT cell, metric, unit, unnest(rounds) AS round, unnest("values") AS value FROM lines WHERE type = 'series'
), launches AS (
  SELECT cell, round, position, ${time("ms")} AS startedAt, true AS good,
    list_contains(disturbedRounds, round) AS disturbed
  FROM good
  UNION ALL
  SELECT cell, round, position, ${time("startedMs::DOUBLE")}, false, false FROM lines WHERE type = 'failed'
)
SELECT *, 1 AS line, true AS readable, NULL::VARCHAR AS metric, NULL::VARCHAR AS unit, 0 AS source, 0 AS place, NULL::DOUBLE AS value
FROM launches
UNION ALL BY NAME
SELECT launches.*, 1 AS line, true AS readable, metric, unit, 2 AS source, 1 AS place, value
FROM figures JOIN launches USING (cell, round)`;
}

/**
 * The rows to keep, from `samples` and the tables `cells` and `declared`. Of two records for one round the
 * later one stands; of one name, an operation comes before a value and a value before a host metric, and a host
 * metric counts only where the scenario lists it. A value that is not finite counts as not taken.
 */
export function indexRows(run: {
  runId: string;
  startedAt: string;
  fingerprint: string;
  toolVersion: string;
}): string {
  return `
WITH latest AS (
  SELECT * FROM samples WHERE readable AND (source = 0 OR isfinite(value))
  QUALIFY line = max(line) OVER (PARTITION BY cell, round)
), listed AS (
  SELECT latest.* EXCLUDE (cell), cells.* EXCLUDE (launched), declared.better
  FROM latest JOIN cells ON cells.launched = latest.cell
  LEFT JOIN declared ON declared.scenario = cells.scenario AND declared.metric = latest.metric
  WHERE source < 3 OR declared.metric IS NOT NULL
), chosen AS (
  SELECT * FROM listed
  QUALIFY source = min(source) OVER (PARTITION BY cell, metric)
    AND place = max(place) OVER (PARTITION BY cell, metric, round, source)
)
SELECT ${sqlText(run.runId)} AS run, ${sqlText(run.startedAt)} AS runStartedAt,
  ${sqlText(run.fingerprint)} AS fingerprint, ${sqlText(run.toolVersion)} AS toolVersion,
  cell, scenario, sandbox, platform, network, seccomp, round, position, startedAt,
  CASE WHEN good THEN 'ok' ELSE 'failed' END AS status, disturbed, metric, unit,
  CASE WHEN metric IS NULL THEN NULL
    ELSE coalesce(better, CASE WHEN unit IN ('1/s', 'bytes/s') THEN 'higher' ELSE 'lower' END) END AS better,
  value
FROM chosen ORDER BY metric NULLS FIRST, cell, round`;
}

/**
 * A row a cell and metric of the index: median of the launches with its interval of 95 % by the table `ranks`
 * (n -> which ordered values). A cell without good launches has a row without a metric.
 */
export function pointsOf(rows: string): string {
  return `
WITH rows AS (SELECT * FROM read_parquet(${sqlText(rows)})
), counts AS (
  SELECT cell, count(*) FILTER (status = 'failed')::INTEGER AS failed, count(*) FILTER (status = 'ok')::INTEGER AS good
  FROM rows WHERE metric IS NULL GROUP BY cell
), figures AS (
  SELECT cell, metric, any_value(unit) AS unit, any_value(better) AS better, count(*)::INTEGER AS launches,
    count(*) FILTER (disturbed)::INTEGER AS disturbed, median(value) AS median, list_sort(list(value)) AS ordered
  FROM rows WHERE metric IS NOT NULL GROUP BY cell, metric
), heads AS (SELECT DISTINCT run, runStartedAt, fingerprint, toolVersion, cell, scenario FROM rows)
SELECT heads.*, good, failed, metric, unit, better, launches, disturbed, median, ordered[low] AS low, ordered[high] AS high
FROM counts JOIN heads USING (cell) LEFT JOIN figures USING (cell) LEFT JOIN ranks ON ranks.n = launches
ORDER BY metric NULLS FIRST, cell`;
}
