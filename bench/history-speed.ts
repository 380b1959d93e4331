/**
 * 10 million launch rows answer in under 2 s.
 *
 * A row is one launch's value of one metric. Runs are made with the record of a real launch, so that a line has its
 * real size and shape; only its round, times and figures differ. The index of a run (Parquet, in the cache) is made
 * from its NDJSON once; what is promised is the answer once it is there, in a new process, with the command itself.
 * The making, and a question without any index, are stated beside it.
 */
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { Configuration } from "../src/axes/configuration.ts";
import { cellId } from "../src/plan/cell.ts";
import { seededRandom } from "../src/plan/seeded-random.ts";
import type { LaunchRecord } from "../src/samples/launch-record.ts";
import { RUN_SCHEMA, type RunManifest } from "../src/samples/run-manifest.ts";
import { withDuckDb } from "../src/store/history/duckdb.ts";
import { samplesOfRun } from "../src/store/history/rows-sql.ts";
import type { Figure } from "./figure.ts";
import { median } from "./paired-ratio.ts";

const GOAL_MS = 2000;
const QUESTIONS = 7;

/** Rows in all and how they are spread. `SBX_BENCH_ROWS` makes it smaller for a trial. */
const ROWS = Number(process.env.SBX_BENCH_ROWS ?? 10_000_000);
const RUNS = 200;
const CELLS = 50;

export async function historySpeed(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "sbx-bench-history-"));
  try {
    const out = join(folder, "reports");
    const metrics = STARTUP_METRICS.length;
    const perCell = Math.ceil(ROWS / RUNS / CELLS / metrics);
    const lines = perCell * RUNS * CELLS;
    const bytes = writeRuns(out, perCell);
    writeFileSync(join(folder, "bench.config.ts"), 'export default { out: "reports" };\n');
    const ask = () => question(folder, ["history", "ready", "--json"]);
    const making = ask();
    const answers = Array.from({ length: QUESTIONS }, ask);
    const load = `load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} CPUs`;
    dropFromPageCache(join(folder, "cache"));
    const cold = ask();
    const overRowsMs = await overRows(join(folder, "cache"));
    const straightMs = await straight(out);
    const rows = `${(lines * metrics).toLocaleString("en")} rows in ${RUNS} runs of ${CELLS} cells`;
    const size = `${lines.toLocaleString("en")} launches, ${(bytes / 2 ** 30).toFixed(1)} GiB of NDJSON`;
    return [
      {
        name: `\`history ready\`, ${rows}, index there, page cache warm`,
        seen: `median ${median(answers).toFixed(0)} ms, worst ${Math.max(...answers).toFixed(0)} ms, n=${QUESTIONS}, whole process, ${load}`,
        goal: `< ${GOAL_MS} ms`,
        met: Math.max(...answers) < GOAL_MS,
      },
      {
        name: "the same, index not in the page cache",
        seen: `${cold.toFixed(0)} ms, n=1`,
        goal: `< ${GOAL_MS} ms`,
        met: cold < GOAL_MS,
      },
      {
        name: "the same medians by SQL over the launch rows, without those that the index keeps",
        seen: `${overRowsMs.toFixed(0)} ms, n=1, in DuckDB alone`,
        goal: "",
        met: null,
      },
      {
        name: `making the index, once: ${size}`,
        seen: `${(making / 1000).toFixed(1)} s, n=1`,
        goal: "",
        met: null,
      },
      {
        name: "reading the NDJSON of one run without an index",
        seen: `${straightMs.toFixed(0)} ms, so ${((straightMs * RUNS) / 1000).toFixed(0)} s for all`,
        goal: "",
        met: null,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new process of the command line, as a user starts it. @returns ms */
function question(folder: string, args: readonly string[]): number {
  const program = join(import.meta.dirname, "..", "bin", "sbx-bench");
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
    stdio: ["ignore", openSync("/dev/null", "w"), "pipe"],
    maxBuffer: 2 ** 28,
  });
  const elapsedMs = performance.now() - started;
  if (status !== 0) throw new Error(`history ended with ${status}: ${stderr}`);
  return elapsedMs;
}

/** dd with nocache and nothing to write tells the kernel to forget the file's pages (posix_fadvise(2)). */
function dropFromPageCache(folder: string): void {
  const script = `find "$1" -name '*.parquet' -o -name '*.json' | while read -r file; do
    dd of="$file" oflag=nocache conv=notrunc,fdatasync count=0 status=none; done`;
  const { status } = spawnSync("sh", ["-c", script, "sh", folder], { stdio: "inherit" });
  if (status !== 0) throw new Error("the page cache could not be dropped");
}

async function overRows(cache: string): Promise<number> {
  return withDuckDb(async (connection) => {
    const started = performance.now();
    await connection.runAndReadAll(
      `SELECT run, cell, median(value) FROM read_parquet('${cache}/sbx-bench/history/*-rows.parquet')
       WHERE metric = 'ready' GROUP BY run, cell`,
    );
    return performance.now() - started;
  });
}

async function straight(out: string): Promise<number> {
  return withDuckDb(async (connection) => {
    const started = performance.now();
    await connection.run(samplesOfRun(join(out, runName(0), "launches.ndjson")));
    await connection.runAndReadAll(
      "SELECT cell, median(value) FROM samples WHERE metric = 'ready' GROUP BY cell",
    );
    return performance.now() - started;
  });
}

const STARTUP_METRICS = ["ready", "exit", "cleanup", "total"];

function runName(run: number): string {
  return `run-${String(run).padStart(4, "0")}`;
}

/** @returns bytes of NDJSON */
function writeRuns(out: string, perCell: number): number {
  const configs = Array.from(
    { length: CELLS },
    (_, cell): Configuration => ({
      sandbox: "runsc",
      platform: "systrap",
      network: "none",
      seccomp: `/profiles/${cell}`,
    }),
  );
  const random = seededRandom("history-speed");
  let bytes = 0;
  for (let run = 0; run < RUNS; run++) {
    const dir = join(out, runName(run));
    const startedMs = Date.UTC(2026, 0, 1) + run * 3_600_000;
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "run.json"), JSON.stringify(manifest(run, configs, startedMs)));
    const file = join(dir, "launches.ndjson");
    const descriptor = openSync(file, "w");
    for (let round = 0; round < perCell; round++) {
      const lines = configs.map((config, position) =>
        JSON.stringify(launch(cellId(config, "startup"), round, position, startedMs, random)),
      );
      writeSync(descriptor, `${lines.join("\n")}\n`);
    }
    closeSync(descriptor);
    bytes += statSync(file).size;
  }
  return bytes;
}

function manifest(run: number, configs: readonly Configuration[], startedMs: number): RunManifest {
  const meta = (metric: string) =>
    ({ metric, title: metric, unit: "ns", better: "lower", group: "start-up" }) as const;
  return {
    schema: RUN_SCHEMA,
    runId: runName(run),
    toolVersion: "0.1.0",
    commandLine: [],
    startedAt: new Date(startedMs).toISOString(),
    endedAt: new Date(startedMs + 600_000).toISOString(),
    rounds: 1,
    seed: "1",
    preset: "standard",
    baseline: "native/net=host/seccomp=none",
    fingerprint: { id: "bench", fields: { "cpu.model": "bench" } },
    versions: {},
    hostNotes: [],
    cells: configs.map((config) => ({
      id: cellId(config, "startup"),
      config,
      scenario: "startup",
      status: "planned",
      reason: null,
    })),
    metrics: { startup: STARTUP_METRICS.map(meta) },
    config: {},
    emulated: false,
    warnings: [],
    harness: { wallMs: 1, launchMs: 1 },
  };
}

/** As a launch of `startup` under runsc is recorded, byte for byte but for its figures. */
function launch(
  cell: string,
  round: number,
  position: number,
  startedMs: number,
  random: () => number,
): LaunchRecord {
  const host = (busyTicks: number) => ({
    load1: 1.25,
    stealTicks: 236,
    busyTicks,
    totalTicks: 695503 + busyTicks,
    cpuPressureUs: 605537201,
    memAvailableBytes: 24312983552,
  });
  return {
    schema: "sbx-bench/launch@1",
    cell,
    round,
    position,
    startedAt: new Date(startedMs + round * 1000 + position).toISOString(),
    status: "ok",
    failure: null,
    phases: {
      prepareNs: Math.round(500_000 * (1 + random())),
      readyNs: Math.round(190_000_000 * (1 + 0.1 * random())),
      workNs: Math.round(900_000 * (1 + random())),
      exitNs: Math.round(18_000_000 * (1 + random())),
      cleanupNs: Math.round(360_000 * (1 + random())),
    },
    load: { before: host(223661), after: host(223914), disturbed: [] },
    cpuNs: Math.round(150_000_000 * (1 + random())),
    clock: { source: "tsc", hzStart: 2596123924, hzEnd: 2596124138, readCostNs: 20.0299 },
    ops: [],
    values: [],
    checks: [],
    skips: [],
    memory: [],
  };
}
