import { LAUNCH_SCHEMA, type LaunchFailure, type LaunchRecord } from "../../src/samples/launch-record.ts";

const LOAD = {
  load1: 0,
  stealTicks: 0,
  busyTicks: 0,
  totalTicks: 0,
  cpuPressureUs: null,
  memAvailableBytes: 2 ** 30,
};

/** A record of a launch that went well, unless it is told otherwise. */
export function launchRecord(values: Partial<LaunchRecord> = {}): LaunchRecord {
  return {
    schema: LAUNCH_SCHEMA,
    cell: "native/net=host/seccomp=none::startup",
    round: 0,
    position: 0,
    startedAt: "2026-01-02T03:04:05.000Z",
    status: "ok",
    failure: null,
    phases: { prepareNs: 1, readyNs: 2, workNs: 3, exitNs: 4, cleanupNs: 5 },
    load: { before: LOAD, after: LOAD, disturbed: [] },
    cpuNs: null,
    clock: null,
    ops: [],
    values: [],
    checks: [],
    skips: [],
    memory: [],
    ...values,
  };
}

export function failedRecord(kind: LaunchFailure["kind"], values: Partial<LaunchRecord> = {}): LaunchRecord {
  return launchRecord({
    status: "failed",
    failure: {
      kind,
      message: `it was a ${kind}`,
      exitCode: 1,
      signal: null,
      stdoutTail: "",
      stderrTail: "",
    },
    ...values,
  });
}
