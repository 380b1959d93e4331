import { type HostLoad, LAUNCH_SCHEMA, type LaunchRecord } from "../../src/samples/launch-record.ts";

const load: HostLoad = {
  load1: 0.4,
  stealTicks: 0,
  busyTicks: 100,
  totalTicks: 1_000,
  cpuPressureUs: 0,
  memAvailableBytes: 4e9,
};

type LaunchParts = Pick<LaunchRecord, "ops" | "checks" | "skips"> & {
  disturbed: boolean;
  /** Value of each metric of the fixture, also those that the host takes. */
  values: ReadonlyMap<string, number>;
};

export function okLaunch(cell: string, round: number, parts: LaunchParts): LaunchRecord {
  const { ops, checks, skips, values } = parts;
  const lost = values.get("lost-updates");
  const total = values.get("total") ?? 1.5e6;
  const ready = values.get("ready") ?? total * 0.7;
  const exit = values.get("exit") ?? total * 0.2;
  const cleanup = values.get("cleanup") ?? total * 0.06;
  return {
    schema: LAUNCH_SCHEMA,
    cell,
    round,
    position: 0,
    startedAt: "2026-11-23T10:15:00.000Z",
    status: "ok",
    failure: null,
    phases: { prepareNs: 40_000, readyNs: ready, workNs: 60_000, exitNs: exit, cleanupNs: cleanup },
    load: { before: load, after: load, disturbed: parts.disturbed ? ["steal 4.1 %"] : [] },
    cpuNs: 900_000_000,
    clock: { source: "tsc", hzStart: 3e9, hzEnd: 3e9, readCostNs: 9 },
    ops,
    values: lost === undefined ? [] : [{ name: "lost-updates", unit: "count", value: Math.round(lost) }],
    checks,
    skips,
    memory: ["start", "touched"].map((mark) => ({
      mark,
      pssBytes: values.get(`pss@${mark}`) ?? null,
      rssBytes: null,
      processes: 3,
      cgroupBytes: values.get(`cgroup@${mark}`) ?? null,
      cgroupShmemBytes: values.get(`cgroup-shmem@${mark}`) ?? null,
      cgroupAnonBytes: null,
    })),
  };
}

export function failedLaunch(cell: string, round: number): LaunchRecord {
  return {
    ...okLaunch(cell, round, { ops: [], checks: [], skips: [], values: new Map(), disturbed: false }),
    status: "failed",
    failure: {
      kind: "crash",
      message: "the program ended with exit code 2",
      exitCode: 2,
      signal: null,
      stdoutTail: "",
      stderrTail: 'fatal error: <unexpected> signal & "quotes" </script>\nSIGSYS: bad system call\n',
    },
  };
}
