/** A seeded, made-up run for report tests: every kind of cell that a report must be able to show. */

import { configurationId } from "../../src/axes/axes.ts";
import type { Configuration } from "../../src/axes/configuration.ts";
import type { JudgedSummary } from "../../src/check/judged-summary.ts";
import { type Cell, cellId } from "../../src/plan/cell.ts";
import type { CheckSample, LaunchRecord, OpSample } from "../../src/samples/launch-record.ts";
import type { RunManifest } from "../../src/samples/run-manifest.ts";
import { summarise } from "../../src/stats/summaries/summarise.ts";
import { failedLaunch, okLaunch } from "./fixture-launches.ts";
import { type FixtureOp, OPS, scaleOf } from "./fixture-ops.ts";

export type FixtureOptions = {
  rounds?: number;
  emulated?: boolean;
  scenarios?: string[];
  sandboxes?: string[];
};

export type Fixture = { manifest: RunManifest; launches: LaunchRecord[]; summary: JudgedSummary };

const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
const KVM_REASON = "hangs: no answer within 10 s";
const FAILED = "runc/net=host/seccomp=generated::files";

export function fixture(options: FixtureOptions = {}): Fixture {
  const random = mulberry32(20261123);
  const rounds = options.rounds ?? 15;
  const scenarios = options.scenarios ?? Object.keys(OPS);
  const configs = configurations().filter((c) => options.sandboxes?.includes(c.sandbox) ?? true);
  const cells = scenarios.flatMap((scenario) => configs.map((config) => cellOf(config, scenario)));
  const launches = cells.flatMap((cell) => launchesOf(cell, rounds, random));
  const manifest = manifestOf(cells, rounds, options.emulated ?? false, scenarios);
  return { manifest, launches, summary: summarise(manifest, launches) };
}

function cellOf(config: Configuration, scenario: string): Cell {
  const base = { id: cellId(config, scenario), config, scenario };
  if (config.platform === "kvm") return { ...base, status: "unavailable", reason: KVM_REASON };
  if (config.network === "sandbox" && scenario === "cpu" && config.seccomp === "default") {
    return { ...base, status: "excluded", reason: "exclude[0] of bench.config.ts" };
  }
  return { ...base, status: "planned", reason: null };
}

function configurations(): Configuration[] {
  const list: Configuration[] = [NATIVE];
  const sandboxes = [
    ["unshare", null],
    ["runc", null],
    ["runsc", "systrap"],
    ["runsc", "ptrace"],
    ["runsc", "kvm"],
  ] as const;
  for (const [sandbox, platform] of sandboxes)
    for (const network of ["none", "host", "sandbox"] as const)
      for (const seccomp of ["none", "default", "generated"])
        list.push({ sandbox, platform, network, seccomp });
  return list;
}

/** All launches of one cell. Values of native come first, so that nothing depends on the order of cells. */
function launchesOf(cell: Cell, rounds: number, random: () => number): LaunchRecord[] {
  if (cell.status !== "planned") return [];
  if (cell.id === FAILED) return [failedLaunch(cell.id, 0)];
  const { config, scenario } = cell;
  const ops = OPS[scenario] ?? [];
  return Array.from({ length: rounds }, (_, round) => {
    const values = new Map(ops.map((op) => [op.metric, launchValue(op, config, random)]));
    const bimodal = (op: FixtureOp) => op.metric === "getpid" && config.platform === "systrap";
    return okLaunch(cell.id, round, {
      ops: ops
        .filter((op) => isTimed(op, config))
        .map((op) => opSample(op, values.get(op.metric)!, bimodal(op), random)),
      values,
      disturbed: config.sandbox === "runc" && config.network === "none" && round < 2,
      checks: scenario === "goroutines" ? checksOf(config, round) : [],
      skips:
        scenario === "network" && config.network !== "sandbox"
          ? [{ op: "tcp-rr-veth", reason: "needs network=sandbox" }]
          : [],
    });
  });
}

function checksOf(config: Configuration, round: number): CheckSample[] {
  const wrong = config.platform === "ptrace" && config.seccomp === "none" && round === 3;
  return [
    { name: "mutex counter", ok: true, expected: "100000", actual: "100000" },
    { name: "channel counter", ok: !wrong, expected: "100000", actual: wrong ? "99998" : "100000" },
  ];
}

/** Host metrics (start-up, memory) and plain figures are not timed by the program. */
function isTimed(op: FixtureOp, config: Configuration): boolean {
  if (op.group === "start-up" || op.unit === "bytes" || op.unit === "count") return false;
  return op.metric !== "tcp-rr-veth" || config.network === "sandbox";
}

function launchValue(op: FixtureOp, config: Configuration, random: () => number): number {
  const filter =
    config.seccomp === "none" || op.group === "computation" ? 1 : config.sandbox === "runsc" ? 1.012 : 1.09;
  const net = op.group === "start-up" && config.network === "sandbox" ? 1.15 : 1;
  const scale = scaleOf(op, config.sandbox, config.platform);
  const centre = op.native * scale * (op.better === "higher" ? 1 / filter : filter) * net;
  return centre * Math.exp((op.group === "computation" ? 0.004 : 0.04) * normal(random));
}

function opSample(op: FixtureOp, value: number, bimodal: boolean, random: () => number): OpSample {
  const counts = new Map<number, number>();
  const calls = op.unit === "ns" ? 300 : 0;
  for (let i = 0; i < calls; i++) {
    const slow = bimodal && random() < 0.28 ? 3.1 : 1;
    const tail = random() < 0.02 ? 1 + 6 * random() : 1;
    const call = value * slow * tail * Math.exp(0.08 * normal(random));
    const bucket = 2 ** (Math.ceil(Math.log2(call) * 16) / 16);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return {
    op: op.metric,
    unit: op.unit,
    iterations: 300,
    batchSize: 100,
    batches: [value, value, value, value, value],
    median: value,
    p10: value * 0.9,
    p50: value,
    p90: value * 1.1,
    p99: value * 4,
    histogram: [...counts].toSorted((a, b) => a[0] - b[0]),
  };
}

function manifestOf(cells: Cell[], rounds: number, emulated: boolean, scenarios: string[]): RunManifest {
  return {
    schema: "sbx-bench/run@1",
    runId: "20261123-101500-quick",
    toolVersion: "0.1.0",
    commandLine: ["sbx-bench", "run", "--matrix", "--preset", "quick"],
    startedAt: "2026-11-23T10:15:00.000Z",
    endedAt: "2026-11-23T10:18:40.000Z",
    rounds,
    seed: "4711",
    preset: "quick",
    baseline: configurationId(NATIVE),
    fingerprint: {
      id: "f3a91c20",
      fields: {
        "cpu.model": "Example CPU 3.0 GHz",
        "cpu.cores": "2",
        kernel: "6.12.0-amd64",
        "mitigations.spectre_v2": "Retpolines",
      },
    },
    versions: {
      runsc: "release-20261116.0",
      runc: "1.1.5",
      kernel: "6.12.0-amd64",
      go: "go1.26.1",
      node: "v24.11.1",
    },
    hostNotes: ["cgroups are hybrid: memory, cpu and pids on v1"],
    cells,
    metrics: Object.fromEntries(
      scenarios.map((s) => [s, (OPS[s] ?? []).map(({ native: _n, scale: _s, ...meta }) => meta)]),
    ),
    config: {},
    emulated,
    warnings: ["the CPU frequency governor is not readable here"],
    harness: { wallMs: 220_000, launchMs: 215_600 },
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Tommy Ettinger's mulberry32: 32 bits of state, good enough for made-up data. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
