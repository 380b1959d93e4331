/** One cgroup a launch in each hierarchy that carries memory, pids or cpu; v1, v2 and hybrid hosts. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CgroupController, Cgroups } from "../../probe/cgroups.ts";
import type { Limits } from "../../sandbox/driver.ts";
import { killNow } from "../launch/process-tree.ts";

export type LaunchCgroups = {
  /** With the limits, and what is counted; to remove. */
  dirs: string[];
  /** To join: the same, but on v2 a leaf within. */
  joinDirs: string[];
  /** The one with the memory controller. */
  memoryDir: string | null;
  /** The one that counts CPU time. */
  cpuDir: string | null;
};

export const NO_CGROUPS: LaunchCgroups = { dirs: [], joinDirs: [], memoryDir: null, cpuDir: null };

/**
 * On v2 a cgroup has processes or hands controllers on to children, never both (cgroup-v2.rst, "no internal
 * processes"). runc makes its container's cgroup beside the one that it runs in (opencontainers/cgroups,
 * fs2/defaultpath.go), so it runs in this leaf, and the container comes to stand next to it, within the limits.
 */
const V2_LEAF = "runtime";

/**
 * @param dirs every folder is added as it is made, so that the caller can remove them after an error, too
 * @throws when the host refuses; the caller reports it as a failure of the harness
 */
export function makeLaunchCgroups(
  layout: Cgroups,
  launchId: string,
  limits: Limits,
  dirs: Set<string>,
): LaunchCgroups {
  const joinDirs = new Set<string>();
  const make = (found: CgroupController | null): { dir: string; version: 1 | 2 } | null => {
    if (found === null || !found.writable) return null;
    const dir = launchDir(found, launchId);
    if (!dirs.has(dir)) {
      if (found.version === 2) enableControllers(found.mountPoint, layout, limits);
      mkdirSync(dir);
      dirs.add(dir);
      const leaf = found.version === 1 ? dir : join(dir, V2_LEAF);
      if (leaf !== dir) mkdirSync(leaf);
      joinDirs.add(leaf);
    }
    return { dir, version: found.version };
  };
  const memory = make(layout.controllers.memory);
  if (memory !== null && limits.memoryBytes !== null) {
    const file = memory.version === 1 ? "memory.limit_in_bytes" : "memory.max";
    writeFileSync(join(memory.dir, file), String(limits.memoryBytes));
  }
  const pids = make(layout.controllers.pids);
  if (pids !== null && limits.pids !== null) writeFileSync(join(pids.dir, "pids.max"), String(limits.pids));
  // Without a limit the CPU controller is left alone: a cgroup of its own competes as one against all others'
  // single tasks, which on a busy host makes a launch slower for no reason of the sandbox.
  const cpu = limits.cpus === null ? null : make(layout.controllers.cpu);
  if (cpu !== null && limits.cpus !== null) {
    const quota = Math.round(limits.cpus * 100_000);
    if (cpu.version === 1) writeFileSync(join(cpu.dir, "cpu.cfs_quota_us"), String(quota));
    else writeFileSync(join(cpu.dir, "cpu.max"), `${quota} 100000`);
  }
  const accounting = make(layout.cpuacct);
  return {
    dirs: [...dirs],
    joinDirs: [...joinDirs],
    memoryDir: memory?.dir ?? null,
    cpuDir: accounting?.dir ?? null,
  };
}

/** CPU time used inside so far, ns; null where it is not counted. */
export function launchCpuNs(groups: LaunchCgroups): number | null {
  if (groups.cpuDir === null) return null;
  try {
    return Number(readFileSync(join(groups.cpuDir, "cpuacct.usage"), "latin1"));
  } catch {
    // Not v1: cgroup-v2.rst, cpu.stat.
  }
  try {
    const usage = /^usage_usec (\d+)$/m.exec(readFileSync(join(groups.cpuDir, "cpu.stat"), "latin1"));
    return usage === null ? null : Number(usage[1]) * 1000;
  } catch {
    return null;
  }
}

/**
 * v1 allows children below the harness's own cgroup; v2 does not while processes sit there ("no internal
 * processes", cgroup-v2.rst), so there they stand at the root of the hierarchy.
 */
function launchDir(controller: CgroupController, launchId: string): string {
  return join(controller.mountPoint, controller.version === 1 ? controller.ownPath : "/", launchId);
}

/** Only what is there and used: the kernel takes all of the words or none. */
function enableControllers(mountPoint: string, { controllers }: Cgroups, limits: Limits): void {
  const wanted = [
    ...(controllers.memory?.version === 2 ? ["+memory"] : []),
    ...(controllers.pids?.version === 2 ? ["+pids"] : []),
    ...(controllers.cpu?.version === 2 && limits.cpus !== null ? ["+cpu"] : []),
  ];
  writeFileSync(join(mountPoint, "cgroup.subtree_control"), wanted.join(" "));
}

/**
 * The harness's own cgroup in every hierarchy: below them runc makes one named after its container.
 * From mountinfo (proc_pid_mountinfo(5)) and /proc/self/cgroup (cgroups(7)).
 */
export function ownCgroups(): string[] {
  const own = readFileSync("/proc/self/cgroup", "latin1").trim().split("\n");
  return readFileSync("/proc/self/mountinfo", "latin1")
    .split("\n")
    .flatMap((line) => {
      const [left = "", right = ""] = line.split(" - ");
      const [type = "", , options = ""] = right.split(" ");
      if (type !== "cgroup" && type !== "cgroup2") return [];
      const mountPoint = left.split(" ")[4] ?? "";
      const membership = own.find((entry) => {
        const [id, names = ""] = entry.split(":");
        return type === "cgroup2"
          ? id === "0"
          : names.split(",").every((name) => name !== "" && options.split(",").includes(name));
      });
      const path = membership?.split(":").slice(2).join(":");
      return path === undefined ? [] : [join(mountPoint, path), ...(type === "cgroup2" ? [mountPoint] : [])];
    });
}

/** What a launch as root lacks here, a sentence each: controllers that the host has not or does not let us use. */
export function missingLimits(layout: Cgroups, limits: Limits): string[] {
  const wanted = { memory: limits.memoryBytes, pids: limits.pids, cpu: limits.cpus };
  return Object.entries(layout.controllers).flatMap(([name, found]) => {
    if (wanted[name as keyof typeof wanted] === null || found?.writable === true) return [];
    return [
      `no ${name} limit: ${found === null ? "no cgroup controller for it" : "its cgroups may not be written"}`,
    ];
  });
}

/**
 * Kills whatever is still inside and removes the folders, children first.
 * @returns folders that could not be removed within the limit
 */
export async function removeCgroups(dirs: readonly string[], limitMs = 5000): Promise<string[]> {
  const deadline = Date.now() + limitMs;
  let left = dirs.filter((dir) => !removeTree(dir));
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    left = left.filter((dir) => !removeTree(dir));
  }
  return left;
}

/** @returns true when the folder is gone */
function removeTree(dir: string): boolean {
  if (!existsSync(dir)) return true;
  try {
    // Nearly always empty: one call.
    rmdirSync(dir);
    return true;
  } catch {
    killMembers(dir);
  }
  try {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.isDirectory()) removeTree(join(dir, entry.name));
    }
    rmdirSync(dir);
    return true;
  } catch {
    return !existsSync(dir);
  }
}

function killMembers(dir: string): void {
  let members = "";
  try {
    members = readFileSync(join(dir, "cgroup.procs"), "latin1");
  } catch {
    return;
  }
  for (const pid of members.split("\n").map(Number)) if (pid > 0) killNow(pid);
}
