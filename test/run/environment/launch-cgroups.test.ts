import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { CgroupController, Cgroups } from "../../../src/probe/cgroups.ts";
import {
  launchCpuNs,
  makeLaunchCgroups,
  missingLimits,
  removeCgroups,
} from "../../../src/run/environment/launch-cgroups.ts";

/** Plain folders in the place of cgroupfs: what is written where can be read back. */
const folder = mkdtempSync(join(tmpdir(), "sbx-cgroups-"));
afterAll(() => rmSync(folder, { recursive: true }));

let root = "";
let number = 0;
beforeEach(() => {
  number += 1;
  root = join(folder, String(number));
  for (const name of ["memory/own", "pids", "cpu", "unified"])
    mkdirSync(join(root, name), { recursive: true });
});

const on = (version: 1 | 2, name: string, ownPath = "/", writable = true): CgroupController => ({
  version,
  mountPoint: join(root, name),
  ownPath,
  writable,
});

function layout(controllers: Cgroups["controllers"], cpuacct: CgroupController | null = null): Cgroups {
  const quota = { cpus: null, memoryBytes: null, pids: null };
  return { version: "hybrid", controllers, cpuacct, quota, mountPoints: [] };
}

const LIMITS = { memoryBytes: 2 ** 20, pids: 64, cpus: 1.5 };
const make = (cgroups: Cgroups, limits = LIMITS) => makeLaunchCgroups(cgroups, "sbx-1", limits, new Set());
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

describe("v1", () => {
  const v1 = () =>
    layout({ memory: on(1, "memory", "/own"), pids: on(1, "pids"), cpu: on(1, "cpu") }, on(1, "cpu"));

  test("one folder a hierarchy, below the harness's own cgroup", () => {
    const groups = make(v1());
    expect(groups.dirs).toEqual(["memory/own", "pids", "cpu"].map((dir) => join(root, dir, "sbx-1")));
    expect(groups.joinDirs).toEqual(groups.dirs);
    expect(groups).toMatchObject({ memoryDir: join(root, "memory/own/sbx-1") });
  });

  test("limits are written in v1's words", () => {
    make(v1());
    expect(read("memory/own/sbx-1/memory.limit_in_bytes")).toBe("1048576");
    expect(read("pids/sbx-1/pids.max")).toBe("64");
    expect(read("cpu/sbx-1/cpu.cfs_quota_us")).toBe("150000");
  });

  test("a limit of null is not written", () => {
    make(v1(), { memoryBytes: null, pids: null, cpus: null } as never);
    expect(existsSync(join(root, "pids/sbx-1/pids.max"))).toBe(false);
  });

  test("CPU time is read in ns", () => {
    const groups = make(v1());
    writeFileSync(join(root, "cpu/sbx-1/cpuacct.usage"), "123456\n");
    expect(launchCpuNs(groups)).toBe(123456);
  });
});

describe("v2", () => {
  const v2 = () =>
    layout({ memory: on(2, "unified"), pids: on(2, "unified"), cpu: on(2, "unified") }, on(2, "unified"));

  test("one folder for all, with limits in v2's words", () => {
    const groups = make(v2());
    expect(groups.dirs).toEqual([join(root, "unified/sbx-1")]);
    expect(read("unified/sbx-1/memory.max")).toBe("1048576");
    expect(read("unified/sbx-1/cpu.max")).toBe("150000 100000");
    expect(read("unified/cgroup.subtree_control")).toBe("+memory +pids +cpu");
  });

  test("a leaf within is joined, so that runc can make its container's beside it", () => {
    expect(make(v2()).joinDirs).toEqual([join(root, "unified/sbx-1/runtime")]);
    expect(existsSync(join(root, "unified/sbx-1/runtime"))).toBe(true);
  });

  test("without a CPU limit the CPU controller is left alone", () => {
    make(v2(), { ...LIMITS, cpus: null } as never);
    expect(read("unified/cgroup.subtree_control")).toBe("+memory +pids");
  });

  test("a controller that the host lacks is not asked for", () => {
    make(layout({ memory: on(2, "unified"), pids: null, cpu: null }));
    expect(read("unified/cgroup.subtree_control")).toBe("+memory");
  });

  test("CPU time is read from cpu.stat, in ns", () => {
    const groups = make(v2());
    writeFileSync(join(root, "unified/sbx-1/cpu.stat"), "usage_usec 7\nuser_usec 3\n");
    expect(launchCpuNs(groups)).toBe(7000);
  });
});

test("a hierarchy that may not be written is left alone, and what is missing is said", () => {
  const cgroups = layout({ memory: null, pids: on(1, "pids", "/", false), cpu: on(1, "cpu") });
  expect(make(cgroups).dirs).toEqual([join(root, "cpu/sbx-1")]);
  expect(missingLimits(cgroups, LIMITS)).toEqual([
    "no memory limit: no cgroup controller for it",
    "no pids limit: its cgroups may not be written",
  ]);
  expect(missingLimits(cgroups, { memoryBytes: null, pids: null, cpus: null })).toEqual([]);
});

test("where the host refuses half-way, the caller knows what was made", () => {
  const cgroups = layout({ memory: on(1, "memory"), pids: on(1, "gone"), cpu: null });
  const made = new Set<string>();
  expect(() => makeLaunchCgroups(cgroups, "sbx-1", LIMITS, made)).toThrow(/ENOENT/);
  expect([...made]).toEqual([join(root, "memory/sbx-1")]);
});

test("removing says what is left", async () => {
  mkdirSync(join(root, "pids/empty"));
  mkdirSync(join(root, "pids/full"));
  writeFileSync(join(root, "pids/full/file"), "");
  const left = await removeCgroups(
    ["empty", "full", "never"].map((name) => join(root, "pids", name)),
    30,
  );
  expect(left).toEqual([join(root, "pids/full")]);
});
