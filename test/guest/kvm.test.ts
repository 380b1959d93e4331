import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { DoctorReport } from "../../src/probe/doctor.ts";
import type { KvmCaps } from "../../src/probe/kvm.ts";
import { readManifest } from "../../src/run/run-folder.ts";
import type { CellSummary } from "../../src/stats/summaries/summary-types.ts";
import { ROOT } from "../e2e/lab.ts";
import type { Ended } from "./inside/command.ts";
import type { SeenSandboxes } from "./inside/watch-sandboxes.ts";
import { LIMIT_STEPS, testLimits } from "./limits.ts";
import { COUNTERS, PLATFORMS } from "./runs.ts";
import { kernels, useGuest, whyNoGuest } from "./use-guest.ts";

const reason = whyNoGuest;
const guest = useGuest({
  kernel: kernels[0],
  cgroup: "v2",
  steps: ["facts", "doctor", "matrix", ...LIMIT_STEPS, "rootless", "left"],
  limitMs: 3_300_000,
});

const repeat = (name: string, times: number) => Array.from({ length: times }, () => name);
const ran = (cells: readonly CellSummary[]) => cells.filter((cell) => cell.status !== "excluded");
const notMeasured = (cells: readonly CellSummary[]) =>
  ran(cells)
    .filter((cell) => cell.status !== "measured" || cell.failedLaunches > 0)
    .map((cell) => `${cell.cell}: ${cell.reason}`);

describe("the emulated machine", () => {
  test("has a KVM of its own, with 1 GiB pages", (context) => {
    if (reason !== null) return context.skip(reason);
    expect(guest.current.step<{ kvm: KvmCaps }>("facts").kvm).toMatchObject({ device: "ok", gbpages: true });
  });

  test("is known to be emulated, and its doctor says that every platform runs", (context) => {
    if (reason !== null) return context.skip(reason);
    const { code, out } = guest.current.step<Ended>("doctor");
    const report = JSON.parse(out) as DoctorReport;
    expect(report).toMatchObject({ emulated: true, runsNot: [] });
    expect(report.cgroups.version).toBe("v2");
    expect(code).toBe(0);
  });
});

describe("native, unshare, runc, runsc on systrap, ptrace and kvm, with every network and filter", () => {
  test("every cell that makes sense is measured", (context) => {
    if (reason !== null) return context.skip(reason);
    const { summary, code } = guest.current.run("matrix");
    expect(notMeasured(summary.cells)).toEqual([]);
    expect(code).toBe(0);
    const configurations = new Set(ran(summary.cells).map(({ cell }) => cell.split("::")[0]));
    expect(configurations).toHaveLength(1 + (1 + 1 + PLATFORMS.length) * 3 * 2);
    for (const platform of PLATFORMS) {
      const own = ran(summary.cells).filter((cell) => cell.config.platform === platform);
      const scenarios = own.map(({ scenario }) => scenario).toSorted();
      expect(scenarios).toEqual([
        ...repeat("goroutines", 3),
        ...repeat("startup", 6),
        ...repeat("syscalls", 3),
      ]);
    }
  });

  test("each Sentry made the platform that its cell names", (context) => {
    if (reason !== null) return context.skip(reason);
    const { launches, dir } = guest.current.run("matrix");
    const { cells, runId } = readManifest(dir);
    const planned = cells.filter(({ status }) => status === "planned");
    const made = launches.flatMap(({ cell, position }) => {
      const platform = planned.find(({ id }) => id === cell)?.config.platform;
      if (platform === undefined || platform === null) return [];
      return [{ cell, platform, said: platformSaidBy(`sbx-${runId}-${position}`) }];
    });
    expect(made).toHaveLength(3 * (3 + 6 + 3));
    expect(made.filter(({ platform, said }) => platform !== said)).toEqual([]);
  });

  test("the kernel saw a KVM machine in the sandboxes of kvm, and in no other", (context) => {
    if (reason !== null) return context.skip(reason);
    const { sandboxes } = guest.current.step<{ sandboxes: SeenSandboxes }>("matrix");
    const seen = Object.entries(sandboxes).map(([id, held]) => ({ held, platform: platformSaidBy(id) }));
    for (const platform of PLATFORMS) {
      expect(seen.filter((one) => one.platform === platform).length).toBeGreaterThan(0);
    }
    // A Sentry that was looked at only before it made its platform has no machine yet.
    expect(seen.filter((one) => one.held && one.platform !== "kvm")).toEqual([]);
    const held = seen.filter((one) => one.platform === "kvm" && one.held);
    expect(held.length).toBeGreaterThan(seen.filter((one) => one.platform === "kvm").length / 2);
  });

  test("every counter's final value is right", (context) => {
    if (reason !== null) return context.skip(reason);
    const cells = ran(guest.current.run("matrix").summary.cells).filter(
      (cell) => cell.scenario === "goroutines",
    );
    expect(cells).toHaveLength(1 + 3 + 3 * 3);
    for (const cell of cells) {
      expect(cell.checks.length, cell.cell).toBeGreaterThanOrEqual(COUNTERS.length);
      for (const check of cell.checks) expect(check, cell.cell).toMatchObject({ held: 1, of: 1 });
    }
  });
});

describe("as a plain user (uid 1000)", () => {
  test.for(["unshare", "runc", ...PLATFORMS.map((platform) => `runsc/${platform}`)])(
    "%s is measured with network none and host, and says why not with sandbox",
    (configuration, context) => {
      if (reason !== null) return context.skip(reason);
      const { summary } = guest.current.run("rootless");
      const own = ran(summary.cells).filter(({ cell }) => cell.startsWith(`${configuration}/`));
      expect(own.map(({ config, status }) => [config.network, status])).toEqual([
        ["none", "measured"],
        ["host", "measured"],
        ["sandbox", "unavailable"],
      ]);
      expect(own.at(-1)?.reason).toMatch(/root/);
    },
  );
});

testLimits(guest, reason);

describe("what was measured on an emulated processor", () => {
  test("says so in every cell, in the manifest and in the summary", (context) => {
    if (reason !== null) return context.skip(reason);
    const { summary, dir } = guest.current.run("matrix");
    expect(readManifest(dir).emulated).toBe(true);
    expect(summary.emulated).toBe(true);
    for (const cell of ran(summary.cells))
      expect(cell.warnings).toContain("emulated: not a measure of performance");
  });

  test("is shown by no report as performance", (context) => {
    if (reason !== null) return context.skip(reason);
    const { dir } = guest.current.run("matrix");
    const [markdown, html] = ["report.md", "report.html"].map((name) =>
      readFileSync(join(dir, name), "utf8"),
    );
    for (const text of [markdown, html]) {
      expect(text).toContain("Functional test only");
      expect(text).not.toMatch(/\d (ns|µs)\b/);
      expect(text).not.toContain("<figure");
    }
    expect(existsSync(join(dir, "charts"))).toBe(false);
  });

  test("is refused by the exports", async (context) => {
    if (reason !== null) return context.skip(reason);
    const { dir } = guest.current.run("matrix");
    const main = join(ROOT, "src/cli/main.ts");
    const done = await execa(process.execPath, [main, "report", dir, "--format", "gobench"], {
      reject: false,
    });
    expect(done.exitCode).toBe(2);
    expect(done.stderr).toMatch(/emulated/);
  });
});

test("nothing is left behind: no process, mount, namespace, veth, cgroup or folder", (context) => {
  if (reason !== null) return context.skip(reason);
  expect(guest.current.step("left")).toMatchObject({ left: [], kept: [] });
});

/** The Sentry's own word, in the log that it wrote as it booted. */
function platformSaidBy(containerId: string): string | undefined {
  const dir = join(guest.current.outcome.out, "logs");
  const file = `${containerId}.boot.log`;
  if (!readdirSync(dir).includes(file)) return undefined;
  return /loader\.go:\d+\] Platform: (\S+)/.exec(readFileSync(join(dir, file), "utf8"))?.[1];
}
