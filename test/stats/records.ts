/** Records of launches and runs, as small as the types allow; tests set what they are about. */
import type { Configuration } from "../../src/axes/configuration.ts";
import { type Cell, type CellStatus, cellId } from "../../src/plan/cell.ts";
import {
  type HostLoad,
  LAUNCH_SCHEMA,
  type LaunchRecord,
  type OpSample,
} from "../../src/samples/launch-record.ts";
import type { MetricMeta } from "../../src/samples/metric-meta.ts";
import { RUN_SCHEMA, type RunManifest } from "../../src/samples/run-manifest.ts";

export const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
export const RUNSC: Configuration = {
  sandbox: "runsc",
  platform: "systrap",
  network: "none",
  seccomp: "none",
};

const QUIET: HostLoad = {
  load1: 0,
  stealTicks: 0,
  busyTicks: 0,
  totalTicks: 0,
  cpuPressureUs: null,
  memAvailableBytes: 0,
};

export function opSample(op: string, parts: Partial<OpSample> = {}): OpSample {
  return {
    op,
    unit: "ns",
    iterations: 1,
    batchSize: 1,
    batches: [],
    median: 1,
    p10: null,
    p50: null,
    p90: null,
    p99: null,
    histogram: [],
    ...parts,
  };
}

export function metricMeta(metric: string, parts: Partial<MetricMeta> = {}): MetricMeta {
  return { metric, title: `${metric} title`, unit: "ns", better: "lower", group: "system calls", ...parts };
}

export function cell(config: Configuration, scenario: string, status: CellStatus = "planned"): Cell {
  const reason = status === "planned" ? null : `it is ${status}`;
  return { id: cellId(config, scenario), config, scenario, status, reason };
}

export function launch(
  config: Configuration,
  round: number,
  parts: Partial<LaunchRecord> = {},
): LaunchRecord {
  return {
    schema: LAUNCH_SCHEMA,
    cell: cellId(config, "syscalls"),
    round,
    position: 0,
    startedAt: "2026-01-01T00:00:00Z",
    status: "ok",
    failure: null,
    phases: { prepareNs: 1, readyNs: 10, workNs: 100, exitNs: 1000, cleanupNs: 10_000 },
    load: { before: QUIET, after: QUIET, disturbed: [] },
    cpuNs: null,
    clock: null,
    ops: [],
    values: [],
    checks: [],
    skips: [],
    memory: [],
    ...parts,
  };
}

export function failedLaunch(config: Configuration, round: number, message: string): LaunchRecord {
  const failure = {
    kind: "crash" as const,
    message,
    exitCode: 1,
    signal: null,
    stdoutTail: "",
    stderrTail: "",
  };
  return launch(config, round, { status: "failed", failure });
}

export function manifest(cells: Cell[], parts: Partial<RunManifest> = {}): RunManifest {
  return {
    schema: RUN_SCHEMA,
    runId: "run-1",
    toolVersion: "0.1.0",
    commandLine: [],
    startedAt: "2026-01-01T00:00:00Z",
    endedAt: "2026-01-01T00:01:00Z",
    rounds: 8,
    seed: "1",
    preset: "quick",
    baseline: "native/net=host/seccomp=none",
    fingerprint: { id: "f00d", fields: { "cpu.model": "any" } },
    versions: { runsc: "release-1" },
    hostNotes: [],
    cells,
    metrics: { syscalls: [metricMeta("getpid")] },
    config: {},
    emulated: false,
    warnings: [],
    harness: { wallMs: 1000, launchMs: 980 },
    ...parts,
  };
}
