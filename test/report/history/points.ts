import { buildHistory, type HistoryInput } from "../../../src/report/history/build-history.ts";
import type { HistoryPoint } from "../../../src/store/history/query-points.ts";

const CELL = "runsc/systrap/net=none/seccomp=none::syscalls";

/** A run a day, from 1 January 2026 on. */
export function points(medians: readonly number[], parts: Partial<HistoryPoint> = {}): HistoryPoint[] {
  return medians.map((median, day) => ({
    runId: `run-${day}`,
    startedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
    fingerprint: "f00d",
    toolVersion: "0.1.0",
    cell: CELL,
    scenario: "syscalls",
    unit: "ns",
    better: "lower",
    median,
    low: median * 0.98,
    high: median * 1.02,
    launches: 15,
    disturbed: 0,
    failed: 0,
    ...parts,
  }));
}

export function history(all: readonly HistoryPoint[], parts: Partial<HistoryInput> = {}) {
  return buildHistory({
    metric: "getpid",
    fingerprint: "f00d",
    minChange: 0.05,
    points: all,
    failed: [],
    titleOf: () => "getpid, the trap alone",
    fingerprintOf: () => undefined,
    warnings: [],
    skipped: [],
    ...parts,
  });
}

/** Steady, then 20 % dearer from the ninth run on. */
export const STEP = [100, 101, 99, 100.5, 99.5, 100, 101, 99, 120, 121, 119, 120.5, 119.5, 120];
