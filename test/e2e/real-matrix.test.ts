import { beforeAll, describe, expect, test } from "vitest";
import { REAL_SANDBOXES } from "../../src/axes/sandbox.ts";
import type { LaunchRecord } from "../../src/samples/launch-record.ts";
import type { CellSummary, Summary } from "../../src/stats/summaries/summary-types.ts";
import { useLab, whyNot } from "./lab.ts";

const reason = whyNot();
const lab = useLab();

const MATRIX = {
  sandbox: ["native" as const, "unshare" as const, "runc" as const, "runsc" as const],
  platform: ["systrap" as const, "ptrace" as const],
};

type Run = { summary: Summary; launches: LaunchRecord[]; code: number | undefined; err: string };

const ran = (summary: Summary) => summary.cells.filter((cell) => cell.status !== "excluded");

const notMeasured = (summary: Summary) =>
  ran(summary)
    .filter((cell) => cell.status !== "measured" || cell.failedLaunches > 0)
    .map((cell) => `${cell.cell}: ${cell.reason}`);

function figure(cells: readonly CellSummary[], id: string, metric: string): number {
  const found = cells.find((cell) => cell.cell === id)?.metrics.find((one) => one.metric === metric);
  if (found === undefined) throw new Error(`${id} has no ${metric}`);
  return found.median;
}

describe("start-up of every sandbox, of runsc on systrap and ptrace, with every network and filter", () => {
  let run: Run;
  beforeAll(async () => {
    if (reason !== null) return;
    const matrix = {
      ...MATRIX,
      sandbox: [...REAL_SANDBOXES],
      network: ["none" as const, "host" as const, "sandbox" as const],
      seccomp: ["none", "default", "generated"],
    };
    run = await lab.current.run(
      { matrix, scenarios: ["startup"], rounds: 2, limits: { launchSeconds: 20 } },
      ["--no-twins"],
    );
  });

  test("every cell that makes sense is measured, twice", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(notMeasured(run.summary)).toEqual([]);
    expect(run.code).toBe(0);
    expect(ran(run.summary)).toHaveLength(1 + 6 * 3 * 3);
    expect(run.launches).toHaveLength(55 * 2);
  });

  test("a launch's phases are all timed, in their order", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const { phases } of run.launches) {
      for (const phase of Object.values(phases)) expect(phase).toBeGreaterThanOrEqual(0);
      expect(phases.readyNs).toBeGreaterThan(0);
    }
  });

  test("starting a sandbox takes longer than starting the plain program, and runsc longest", (context) => {
    if (reason !== null) return context.skip(reason);
    const total = (configuration: string) => figure(run.summary.cells, `${configuration}::startup`, "total");
    const native = total("native/net=host/seccomp=none");
    const runc = total("runc/net=none/seccomp=none");
    expect(runc).toBeGreaterThan(native);
    expect(total("runsc/systrap/net=none/seccomp=none")).toBeGreaterThan(native);
    expect(total("runsc/ptrace/net=none/seccomp=none")).toBeGreaterThan(native);
  });

  test("CPU time is counted in every sandbox", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const launch of run.launches) {
      if (!launch.cell.startsWith("native/")) expect(launch.cpuNs).toBeGreaterThan(0);
    }
  });

  test("nothing is left behind: no process, mount, namespace, veth, cgroup or folder", async (context) => {
    if (reason !== null) return context.skip(reason);
    expect(await lab.current.leftBehind()).toEqual([]);
    expect(lab.current.kept()).toEqual([]);
  });
});

describe("work under native, unshare, runc, runsc on systrap and ptrace", () => {
  const TOUCH_BYTES = 24 * 2 ** 20;
  let run: Run;
  beforeAll(async () => {
    if (reason !== null) return;
    run = await lab.current.run({
      matrix: { ...MATRIX, network: ["none", "host", "sandbox"], seccomp: ["none"] },
      scenarios: [
        { use: "syscalls", params: { opMs: 2, ops: ["getpid", "stat", "fork-exec-true"] } },
        { use: "memory", params: { opMs: 2, touchMiB: TOUCH_BYTES / 2 ** 20 } },
        { use: "goroutines", params: { opMs: 2, increments: 2000 } },
        { use: "network", params: { opMs: 4 } },
      ],
      exclude: [
        "*/net=host/*::{memory,goroutines,network}",
        "*/net=sandbox/*::{syscalls,memory,goroutines}",
      ].map((cells) => ({
        cells: cells.replace("*/", "{unshare,runc,runsc*}/"),
        reason: "not tested twice",
      })),
      rounds: 2,
      limits: { launchSeconds: 30 },
    });
  });

  const cellsOf = (scenario: string) => ran(run.summary).filter((cell) => cell.scenario === scenario);

  test("every cell is measured", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(notMeasured(run.summary)).toEqual([]);
    expect(run.code).toBe(0);
  });

  test("a system call costs more under runsc than native", (context) => {
    if (reason !== null) return context.skip(reason);
    const getpid = (configuration: string) =>
      figure(run.summary.cells, `${configuration}::syscalls`, "getpid");
    const native = getpid("native/net=host/seccomp=none");
    expect(native).toBeGreaterThan(0);
    for (const platform of ["systrap", "ptrace"]) {
      expect(getpid(`runsc/${platform}/net=none/seccomp=none`)).toBeGreaterThan(2 * native);
    }
  });

  test("the whole process tree's memory is seen, and grows by what the program touches", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const { cell } of cellsOf("memory")) {
      const start = figure(run.summary.cells, cell, "pss@start");
      expect(start).toBeGreaterThan(0);
      if (!cell.startsWith("runsc/")) {
        expect(figure(run.summary.cells, cell, "pss@touched") - start).toBeGreaterThan(0.9 * TOUCH_BYTES);
      }
    }
  });

  test("the Sentry's memory is shared memory of the launch's cgroup", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const platform of ["systrap", "ptrace"]) {
      const cell = `runsc/${platform}/net=none/seccomp=none::memory`;
      expect(figure(run.summary.cells, cell, "cgroup-shmem@touched")).toBeGreaterThan(0.9 * TOUCH_BYTES);
    }
    const runc = "runc/net=none/seccomp=none::memory";
    expect(figure(run.summary.cells, runc, "cgroup-shmem@touched")).toBeLessThan(0.1 * TOUCH_BYTES);
  });

  test("every counter's final value is right in every sandbox, and every check is in the record", (context) => {
    if (reason !== null) return context.skip(reason);
    for (const cell of cellsOf("goroutines")) {
      expect(cell.checks.length).toBeGreaterThan(0);
      for (const check of cell.checks) expect(check).toMatchObject({ held: 2, of: 2 });
      expect(cell.metrics.some((metric) => metric.metric.startsWith("lost-updates"))).toBe(true);
    }
  });

  test("network=sandbox reaches its peer over the veth pair in unshare, runc and runsc", (context) => {
    if (reason !== null) return context.skip(reason);
    const wired = cellsOf("network").filter((cell) => cell.config.network === "sandbox");
    expect(wired.map((cell) => cell.config.platform ?? cell.config.sandbox).toSorted()).toEqual([
      "ptrace",
      "runc",
      "systrap",
      "unshare",
    ]);
    for (const { cell } of wired) {
      for (const metric of ["tcp-rr-veth", "tcp-stream-veth", "http-veth"]) {
        expect(figure(run.summary.cells, cell, metric)).toBeGreaterThan(0);
      }
    }
  });

  test("without a peer its operations are skipped with the reason, never zero", (context) => {
    if (reason !== null) return context.skip(reason);
    const alone = cellsOf("network").filter((cell) => cell.config.network !== "sandbox");
    for (const cell of alone) {
      expect(cell.metrics.some((metric) => metric.metric.endsWith("-veth"))).toBe(false);
      expect(cell.skips.find((skip) => skip.op === "tcp-rr-veth")?.reason).toMatch(/\w/);
    }
  });

  test("nothing is left behind", async (context) => {
    if (reason !== null) return context.skip(reason);
    expect(await lab.current.leftBehind()).toEqual([]);
    expect(lab.current.kept()).toEqual([]);
  });
});
