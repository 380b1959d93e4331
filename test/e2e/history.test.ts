import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HistoryView } from "../../src/report/history/history-view.ts";
import { runFolders } from "../../src/run/find-run.ts";

const PROGRAM = resolve(import.meta.dirname, "../../bin/sbx-bench");
const RUNS = 4;

let folder = "";

/** The command line as users call it, in a folder with runs of the fake driver. */
function sbxBench(...args: string[]) {
  return execa(PROGRAM, args, { cwd: folder, reject: false, timeout: 220_000 });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sbx-history-"));
  const config = {
    matrix: { sandbox: ["fake"], network: ["none", "host"], seccomp: ["none"] },
    scenarios: ["syscalls", "startup"],
    scenarioDir: resolve(import.meta.dirname, "../../scenarios"),
    rounds: 6,
  };
  writeFileSync(join(folder, "bench.config.ts"), `export default ${JSON.stringify(config)};\n`);
  for (let seed = 1; seed <= RUNS; seed++) {
    const { exitCode, stderr } = await sbxBench("run", "--seed", String(seed));
    expect(stderr).not.toContain("error:");
    expect(exitCode).toBe(0);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("history", () => {
  test("shows a metric over all runs", async () => {
    const { stdout, exitCode } = await sbxBench("history", "getpid");
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`${RUNS} runs`);
    expect(stdout.match(/●|◆/g)?.length).toBeGreaterThanOrEqual(2 * RUNS);
  });

  test("agrees with the report of each run", async () => {
    const view = JSON.parse((await sbxBench("history", "getpid", "--json")).stdout) as HistoryView;
    // Runs of one second are told apart by their start, not by the random end of their ids.
    const started = (dir: string): string =>
      JSON.parse(readFileSync(join(dir, "run.json"), "utf8")).startedAt;
    const runs = runFolders(join(folder, "reports")).toSorted((a, b) => started(a).localeCompare(started(b)));
    for (const { cell, points } of view.series) {
      const reported = runs.map((dir) => {
        const summary = JSON.parse(readFileSync(join(dir, "summary.json"), "utf8"));
        const found = summary.cells.find((one: { cell: string }) => one.cell === cell);
        return found.metrics.find((one: { metric: string }) => one.metric === "getpid");
      });
      expect(points.map(({ low, high }) => [low, high])).toEqual(
        reported.map(({ ciLow, ciHigh }) => [ciLow, ciHigh]),
      );
      for (const [index, { median }] of points.entries())
        expect(median / reported[index].median).toBeCloseTo(1, 12);
    }
  });

  test("writes a page and a Parquet file", async () => {
    const files = ["--html", "out/h.html", "--parquet", "out/h.parquet"];
    const { stderr, exitCode } = await sbxBench(
      "history",
      "ready",
      "--cell",
      "*/net=none/*",
      "--last",
      "2",
      ...files,
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain("wrote out/h.parquet: 12 rows of 2 runs");
    expect(readFileSync(join(folder, "out/h.html"), "utf8")).toContain("<svg");
    expect(readFileSync(join(folder, "out/h.parquet")).subarray(0, 4).toString()).toBe("PAR1");
  });

  test("answers a wrong metric and a wrong cell with the nearest, and no metric with what to do", async () => {
    expect((await sbxBench("history", "getpdi")).stderr).toContain('Did you mean "getpid"?');
    expect((await sbxBench("history", "getpid", "--cell", "nope*")).stderr).toContain(
      "No cell matches nope*",
    );
    expect(await sbxBench("history")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Which metric?"),
    });
    expect((await sbxBench("history", "getpid", "--fingerprint", "zz")).exitCode).toBe(2);
  });
});

describe("baseline", () => {
  test("is saved, listed, shown and removed", async () => {
    expect((await sbxBench("baseline", "save", "main")).stdout).toContain("is kept as main: baselines/main/");
    const [row, ...more] = JSON.parse((await sbxBench("baseline", "list", "--json")).stdout);
    expect(more).toEqual([]);
    expect(row).toMatchObject({ name: "main", cells: 4, launches: 24, readable: true });
    const [summary] = JSON.parse((await sbxBench("baseline", "show", "main", "--json")).stdout);
    expect(summary).toMatchObject({ schema: "sbx-bench/summary@1", runId: row.runId });
    expect((await sbxBench("baseline", "show", "mian")).stderr).toContain('Did you mean "main"?');
    expect((await sbxBench("baseline", "remove", "main")).stdout).toContain("removed baselines/main/");
    expect((await sbxBench("baseline", "list")).stdout).toBe("baselines holds no baselines.");
  });

  test("keeps a run in history after the run is gone", async () => {
    const oldest = runFolders(join(folder, "reports"))[0]!;
    await sbxBench("baseline", "save", "oldest", oldest);
    const before = (await sbxBench("history", "getpid", "--json")).stdout;
    rmSync(oldest, { recursive: true });
    const after = (await sbxBench("history", "getpid", "--json")).stdout;
    const rounded = (text: string) => text.replaceAll(/\d+\.\d+/g, (number) => Number(number).toPrecision(9));
    expect(rounded(after)).toBe(rounded(before));
  });
});

test("corrupt lines and broken runs are named and cost nothing else", async () => {
  const dir = runFolders(join(folder, "reports")).at(-1)!;
  appendFileSync(join(dir, "launches.ndjson"), "not json\n");
  const half = join(folder, "reports", "half");
  mkdirSync(half);
  writeFileSync(join(half, "run.json"), '{"schema":');
  const { stdout, stderr, exitCode } = await sbxBench("history", "getpid");
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`${RUNS} runs`);
  expect(stderr).toMatch(/launches\.ndjson:\d+: Unexpected token .*; skipped/);
  expect(stderr).toContain(half);
});
