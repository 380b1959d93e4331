import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { LaunchRecord } from "../../../src/samples/launch-record.ts";
import { cellData } from "../../../src/stats/summaries/cell-data.ts";
import { saveBaseline } from "../../../src/store/baseline/baselines.ts";
import { withDuckDb } from "../../../src/store/history/duckdb.ts";
import { exportParquet } from "../../../src/store/history/export-parquet.ts";
import { queryPoints } from "../../../src/store/history/query-points.ts";
import { indexFolder } from "../../../src/store/history/run-index.ts";
import { indexAll } from "../../../src/store/history/sources.ts";
import { fixture } from "../../report/fixture.ts";
import { failedLaunch, launch, metricMeta, opSample, RUNSC } from "../../stats/records.ts";
import { appendText, folders, getpidLaunch, LAUNCHES, stored, twoCells, writeRun } from "../stored.ts";

const at = folders();
const silent = () => {};

async function ask(metric: string, onProgress: (message: string) => void = silent) {
  return withDuckDb(async (connection) => {
    const { indices, skipped } = await indexAll(at(), connection, onProgress);
    const files = indices.flatMap(({ points }) => points ?? []);
    return { indices, skipped, ...(await queryPoints(connection, files, metric)) };
  });
}

/** Every row of the index, as `cell round metric` -> value. */
async function allRows(): Promise<Map<string, number>> {
  return withDuckDb(async (connection) => {
    const { indices } = await indexAll(at(), connection, silent);
    const rows = await connection.runAndReadAll(
      `SELECT cell, round, metric, value FROM read_parquet('${indices[0]?.rows}') WHERE metric IS NOT NULL`,
    );
    return new Map(
      rows.getRowsJS().map(([cell, round, metric, value]) => [`${cell} ${round} ${metric}`, Number(value)]),
    );
  });
}

test("a cache that takes no index is the error, and no run is skipped for it", async () => {
  writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
  const inTheWay = dirname(indexFolder());
  rmSync(inTheWay, { recursive: true, force: true });
  mkdirSync(dirname(inTheWay), { recursive: true });
  writeFileSync(inTheWay, "");
  await expect(ask("getpid")).rejects.toMatchObject({
    what: `The cache cannot be written: ${indexFolder()}`,
    exitCode: 4,
  });
});

describe("the index has the launch values that every report has", () => {
  test("of every kind of metric, by DuckDB straight from the NDJSON", async () => {
    const { manifest, launches } = fixture({ rounds: 7 });
    writeRun(at().out, manifest, launches);
    const expected = new Map<string, number>();
    const byCell = Map.groupBy(launches, ({ cell }) => cell);
    for (const cell of manifest.cells) {
      const data = cellData(cell, byCell.get(cell.id) ?? [], manifest.metrics[cell.scenario] ?? []);
      for (const [metric, { byRound }] of data.series)
        for (const [round, value] of byRound) expected.set(`${cell.id} ${round} ${metric}`, value);
    }
    const rows = await allRows();
    expect(rows.size).toBe(expected.size);
    expect(rows).toEqual(expected);
  });

  test("CPU time of the launch, where the scenario lists it and the launch has a cgroup", async () => {
    const metrics = { syscalls: [metricMeta("launch-cpu")] };
    const launches = [getpidLaunch(0, 100, { cpuNs: 5_000_000 }), getpidLaunch(1, 100)];
    writeRun(at().out, twoCells({ metrics }), launches);
    expect((await ask("launch-cpu")).points).toMatchObject([{ median: 5_000_000, launches: 1 }]);
  });

  test("after warm-up, which the program's own median does not know", async () => {
    writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    expect((await ask("getpid")).points).toMatchObject([{ median: 100.02, launches: 1, low: null }]);
  });

  test("of the later of two records for one round", async () => {
    writeRun(at().out, twoCells(), [getpidLaunch(0, 500), getpidLaunch(0, 100)]);
    expect((await ask("getpid")).points).toMatchObject([{ median: 100.02, launches: 1 }]);
  });

  test("of the new side of an interleaved run, and not of twins", async () => {
    const run = twoCells();
    const cell = run.cells[1]!;
    const cells = [
      { ...cell, id: `a:${cell.id}`, side: "a" as const },
      { ...cell, id: `b:${cell.id}`, side: "b" as const },
      { ...cell, id: `${cell.id}#2`, twinOf: `b:${cell.id}` },
    ];
    const launches = cells.map(({ id }, index) => getpidLaunch(0, 100 * (index + 1), { cell: id }));
    writeRun(at().out, { ...run, cells }, launches);
    expect((await ask("getpid")).points).toMatchObject([{ cell: cell.id, median: 200.02 }]);
  });
});

describe("what can't be used is named and skipped", () => {
  test("corrupt lines, by file and line", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    const other = JSON.stringify(getpidLaunch(1, 300)).replace("launch@1", "launch@2");
    appendText(
      dir,
      `garbage\n${other}\n${JSON.stringify(getpidLaunch(2, 300)).replace('"round":2', '"round":"x"')}\n`,
    );
    appendText(dir, `${JSON.stringify(getpidLaunch(3, 100))}\n`);
    const { points, skipped } = await ask("getpid");
    expect(points).toMatchObject([{ launches: 2, median: 100.02 }]);
    expect(skipped.map(({ file, line }) => [file, line])).toEqual(
      [2, 3, 4].map((line) => [join(dir, LAUNCHES), line]),
    );
  });

  test("at every question, not only at the first", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    appendText(dir, "garbage\n");
    await ask("getpid");
    expect((await ask("getpid")).skipped).toHaveLength(1);
  });

  test("the last line of a file that was cut off", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100), getpidLaunch(1, 100)]);
    truncateSync(join(dir, LAUNCHES), JSON.stringify(getpidLaunch(0, 100)).length + 200);
    const { points, skipped } = await ask("getpid");
    expect(points).toMatchObject([{ launches: 1 }]);
    expect(skipped).toMatchObject([{ line: 2 }]);
  });

  test("NaN where a number should be", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    const line = JSON.stringify(launch(RUNSC, 1, { ops: [opSample("getpid", { median: 7 })] }));
    appendText(dir, `${line.replace('"median":7', '"median":NaN')}\n`);
    const { points, skipped } = await ask("getpid");
    expect(points).toMatchObject([{ launches: 1, median: 100.02 }]);
    expect(skipped).toMatchObject([{ line: 2 }]);
  });

  test("a value that is null counts as not taken, like everywhere", async () => {
    const none = launch(RUNSC, 1, { ops: [opSample("getpid", { median: Number.NaN })] });
    writeRun(at().out, twoCells(), [getpidLaunch(0, 100), none]);
    const { points, skipped } = await ask("getpid");
    expect(points).toMatchObject([{ launches: 1 }]);
    expect(skipped).toEqual([]);
  });

  test("a run of another schema version, and half a manifest, without hiding the other runs", async () => {
    writeRun(at().out, twoCells({ runId: "good" }), [getpidLaunch(0, 100)]);
    const other = writeRun(at().out, twoCells({ runId: "other" }), [getpidLaunch(0, 100)]);
    const half = writeRun(at().out, twoCells({ runId: "half" }), [getpidLaunch(0, 100)]);
    writeFileSync(join(other, "run.json"), JSON.stringify({ ...twoCells(), schema: "sbx-bench/run@9" }));
    writeFileSync(join(half, "run.json"), '{"schema":"sbx-');
    const { points, skipped } = await ask("getpid");
    expect(points.map(({ runId }) => runId)).toEqual(["good"]);
    expect(skipped.map(({ file }) => file).sort()).toEqual([half, other]);
  });

  test("a folder or FIFO in the place of a log, which the database would wait for", async () => {
    writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    for (const [name, make] of [
      ["folder", (path: string) => mkdirSync(path)],
      ["fifo", (path: string) => execFileSync("mkfifo", [path])],
    ] as const) {
      const dir = join(at().out, name);
      mkdirSync(dir);
      writeFileSync(join(dir, "run.json"), JSON.stringify(twoCells({ runId: name })));
      make(join(dir, LAUNCHES));
    }
    const { indices, skipped } = await ask("getpid");
    expect(indices).toHaveLength(1);
    expect(skipped.map(({ message }) => message)).toEqual([
      expect.stringContaining("It is a FIFO"),
      expect.stringContaining("It is a folder"),
    ]);
  });

  test("nothing at all is an empty history", async () => {
    expect(await ask("getpid")).toEqual({ indices: [], skipped: [], points: [], failed: [] });
    writeRun(at().out, twoCells(), []);
    expect(await ask("getpid")).toMatchObject({ points: [], skipped: [] });
  });
});

test("a cell most of whose launches failed has no point, and is named", async () => {
  const failures = [1, 2].map((round) => failedLaunch(RUNSC, round, "it crashed"));
  writeRun(at().out, twoCells(), [getpidLaunch(0, 100), ...failures]);
  const { points, failed } = await ask("getpid");
  expect(points).toEqual([]);
  expect(failed).toMatchObject([{ runId: "run-1", failed: 2 }]);
});

test("the interval of a median is the exact one", async () => {
  const launches = [5, 3, 1, 4, 2, 6].map((level, round) => getpidLaunch(round, level * 100));
  writeRun(at().out, twoCells(), launches);
  const [point] = (await ask("getpid")).points;
  expect(point?.low).toBeCloseTo(100.02);
  expect(point?.high).toBeCloseTo(600.02);
});

describe("an index", () => {
  const add = (dir: string, record: LaunchRecord) =>
    appendFileSync(join(dir, LAUNCHES), `${JSON.stringify(record)}\n`);

  test("is made once", async () => {
    writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    const said: string[] = [];
    await ask("getpid", (message) => said.push(message));
    await ask("getpid", (message) => said.push(message));
    expect(said).toHaveLength(1);
  });

  test("is made anew when the run goes on", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    await ask("getpid");
    add(dir, getpidLaunch(1, 100));
    expect((await ask("getpid")).points).toMatchObject([{ launches: 2 }]);
    expect(readdirSync(indexFolder())).toHaveLength(3);
  });

  test("is made anew when a file changes without its size", async () => {
    const dir = writeRun(at().out, twoCells(), [getpidLaunch(0, 100)]);
    await ask("getpid");
    writeRun(at().out, twoCells(), [getpidLaunch(0, 200)]);
    utimesSync(join(dir, LAUNCHES), new Date(), new Date(2030, 0, 1));
    expect((await ask("getpid")).points).toMatchObject([{ median: 200.02 }]);
  });

  test("is made anew when it was lost, and goes with its run", async () => {
    const dir = writeRun(at().out, twoCells({ runId: "old" }), [getpidLaunch(0, 100)]);
    await ask("getpid");
    for (const name of readdirSync(indexFolder()).filter((file) => file.endsWith(".parquet")))
      rmSync(join(indexFolder(), name));
    expect((await ask("getpid")).points).toHaveLength(1);
    rmSync(dir, { recursive: true });
    writeRun(at().out, twoCells({ runId: "new" }), [getpidLaunch(0, 100)]);
    expect((await ask("getpid")).points.map(({ runId }) => runId)).toEqual(["new"]);
    expect(readdirSync(indexFolder())).toHaveLength(3);
  });
});

describe("baselines in history", () => {
  test("stand for runs that are gone, with the same figures", async () => {
    const launches = [1, 2, 3, 4, 5, 6].map((round) => getpidLaunch(round, 100 + round));
    const run = twoCells();
    saveBaseline("main", stored(run, launches), at().baselines, false);
    const fromBaseline = await ask("getpid");
    writeRun(at().out, run, launches);
    const fromRun = await ask("getpid");
    expect(fromBaseline.points).toHaveLength(1);
    expect(fromRun.points).toEqual(fromBaseline.points);
    expect(fromRun.indices).toMatchObject([{ kind: "run" }]);
  });

  test("that are broken are named and skipped", async () => {
    const file = saveBaseline("main", stored(twoCells(), [getpidLaunch(0, 100)]), at().baselines, false);
    truncateSync(file, 900);
    expect(await ask("getpid")).toMatchObject({ points: [], skipped: [{ file }] });
  });
});

test("the export has a row a launch and metric", async () => {
  const failure = failedLaunch(RUNSC, 2, "it crashed");
  writeRun(at().out, twoCells(), [0, 1, 3, 4, 5].map((round) => getpidLaunch(round, 100)).concat(failure));
  const target = join(at().out, "it's all.parquet");
  const rows = await withDuckDb(async (connection) => {
    const { indices } = await indexAll(at(), connection, silent);
    const files = indices.flatMap(({ rows }) => rows ?? []);
    const choice = { metric: null, cells: indices.flatMap(({ cells }) => cells) };
    const exported = await exportParquet(connection, files, choice);
    expect(exported.rows).toBe(10);
    writeFileSync(target, exported.content);
    const read = await connection.runAndReadAll(`FROM read_parquet('${target.replaceAll("'", "''")}')`);
    return read.getRowObjectsJS();
  });
  expect(rows[0]).toMatchObject({
    run: "run-1",
    fingerprint: "f00d",
    cell: "runsc/systrap/net=none/seccomp=none::syscalls",
    sandbox: "runsc",
    platform: "systrap",
    round: 0,
    startedAt: "2026-01-01T00:00:00Z",
    metric: "getpid",
    unit: "ns",
    better: "lower",
    value: 100.02,
  });
  expect(readdirSync(at().out).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
