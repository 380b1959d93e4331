/** Which cgroup version each controller is on, and what the own cgroup allows. */
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { readHostFile } from "./host-files.ts";

type ControllerName = "memory" | "pids" | "cpu";

export type CgroupController = {
  version: 1 | 2;
  /** Where its hierarchy is mounted. */
  mountPoint: string;
  /** The own cgroup below the mount point: "/" or "/a/b". */
  ownPath: string;
  /**
   * Whether a cgroup can be made: on v1 below the own one, on v2 below the hierarchy's root, since a cgroup
   * with processes in it can't hand controllers to children (cgroup-v2.rst, "no internal process").
   */
  writable: boolean;
};

/** Limits that the own cgroup or one above it sets; `null` = none. */
type CgroupQuota = { cpus: number | null; memoryBytes: number | null; pids: number | null };

export type Cgroups = {
  version: "v1" | "v2" | "hybrid" | "none";
  controllers: Record<ControllerName, CgroupController | null>;
  /** v1 counts CPU time in a controller of its own; on v2 this is the CPU controller's place. */
  cpuacct: CgroupController | null;
  quota: CgroupQuota;
  /** Of every hierarchy, also those that are not used here. */
  mountPoints: string[];
};

type CgroupMount = { version: 1 | 2; mountPoint: string; mountRoot: string; controllers: string[] };

/** Reads proc/self/mountinfo, proc/self/cgroup and the hierarchies below `root`. See cgroups(7). */
export function detectCgroups(root = "/"): Cgroups {
  const mounts = cgroupMounts(readHostFile(root, "proc/self/mountinfo") ?? "");
  const memberships = (readHostFile(root, "proc/self/cgroup") ?? "").split("\n");

  function find(name: string): CgroupController | null {
    for (const mount of mounts) {
      const membership = memberships.find((line) => isMembership(line, mount.version, name));
      if (membership === undefined) continue;
      const ownPath = belowMount(membership.split(":").slice(2).join(":"), mount.mountRoot);
      const offered = mount.version === 1 ? mount.controllers : offeredOnV2(root, mount.mountPoint, ownPath);
      if (!offered.includes(name)) continue;
      const { version, mountPoint } = mount;
      const writable = isWritable(join(root, mountPoint, version === 1 ? ownPath : "/"));
      return { version, mountPoint, ownPath, writable };
    }
    return null;
  }

  const controllers = { memory: find("memory"), pids: find("pids"), cpu: find("cpu") };
  return {
    version: overallVersion(mounts),
    controllers,
    cpuacct: find("cpuacct") ?? (controllers.cpu?.version === 2 ? controllers.cpu : null),
    quota: readQuota(root, controllers),
    mountPoints: mounts.map((mount) => mount.mountPoint),
  };
}

/**
 * The own cgroup may lack a controller that nobody enabled on the way down; root can still use it in a cgroup
 * next to the hierarchy's root.
 */
function offeredOnV2(root: string, mountPoint: string, ownPath: string): string[] {
  return ["/", ownPath].flatMap((path) =>
    (readHostFile(root, join(mountPoint, path, "cgroup.controllers")) ?? "").split(" "),
  );
}

/** systemd's words: hybrid has v1 controllers and the unified tree beside them. */
function overallVersion(mounts: CgroupMount[]): Cgroups["version"] {
  // `name=systemd` is a hierarchy without a controller; it limits nothing.
  const v1 = mounts.some((m) => m.version === 1 && !m.controllers.some((name) => name.startsWith("name=")));
  const v2 = mounts.some((m) => m.version === 2);
  if (v1) return v2 ? "hybrid" : "v1";
  return v2 ? "v2" : "none";
}

/** mountinfo: `id parent major:minor root mountPoint options [tags] - fstype source superOptions`. */
function cgroupMounts(mountinfo: string): CgroupMount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const [left = "", right = ""] = line.split(" - ");
    const [fstype, , superOptions = ""] = right.split(" ");
    if (fstype !== "cgroup" && fstype !== "cgroup2") return [];
    const [, , , mountRoot = "/", mountPoint = "/"] = left.split(" ").map(unescapeOctal);
    const version = fstype === "cgroup" ? 1 : 2;
    return [{ version, mountPoint, mountRoot, controllers: superOptions.split(",") } as const];
  });
}

/** The kernel writes blanks in mountinfo as \040. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

/** proc/self/cgroup: `id:controllers:path`; the v2 line is `0::path`. */
function isMembership(line: string, version: 1 | 2, controller: string): boolean {
  const [id, names = ""] = line.split(":");
  return version === 2 ? id === "0" && names === "" : names.split(",").includes(controller);
}

/** A container sees a part of the hierarchy: its mount's root is a prefix of the paths in proc/self/cgroup. */
function belowMount(path: string, mountRoot: string): string {
  if (mountRoot === "/" || path.startsWith("/..")) return path.startsWith("/..") ? "/" : path;
  if (path === mountRoot) return "/";
  return path.startsWith(`${mountRoot}/`) ? path.slice(mountRoot.length) : path;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function readQuota(root: string, controllers: Cgroups["controllers"]): CgroupQuota {
  const { cpu, memory, pids } = controllers;
  return {
    cpus: tightest(root, cpu, cpuQuota),
    memoryBytes: tightest(root, memory, memory?.version === 1 ? memoryLimit : memoryMax),
    pids: tightest(root, pids, (folder) => limit(readHostFile(folder, "pids.max"))),
  };
}

/** A limit holds for everything below it, so the lowest on the way up is what counts. */
function tightest(
  root: string,
  controller: CgroupController | null,
  read: (folder: string) => number | null,
): number | null {
  if (controller === null) return null;
  const parts = controller.ownPath.split("/").filter((part) => part !== "");
  const limits = parts
    .map((_, index) => parts.slice(0, index + 1).join("/"))
    .concat("")
    .map((path) => read(join(root, controller.mountPoint, path)))
    .filter((value) => value !== null);
  return limits.length > 0 ? Math.min(...limits) : null;
}

function cpuQuota(folder: string): number | null {
  const [quota, period] = (
    readHostFile(folder, "cpu.max") ??
    `${readHostFile(folder, "cpu.cfs_quota_us")} ${readHostFile(folder, "cpu.cfs_period_us")}`
  ).split(" ");
  const cpus = Number(quota) / Number(period);
  return cpus > 0 ? cpus : null;
}

function memoryLimit(folder: string): number | null {
  return limit(readHostFile(folder, "memory.limit_in_bytes"));
}

/** From memory.high on the kernel reclaims while the program runs: it moves results as memory.max does. */
function memoryMax(folder: string): number | null {
  const limits = ["memory.high", "memory.max"].flatMap((file) => limit(readHostFile(folder, file)) ?? []);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** v1 says "no limit" as the largest multiple of a page below 2^63; v2 as `max`. */
function limit(text: string | null): number | null {
  const value = Number(text ?? "max");
  return value > 0 && value < 2 ** 62 ? value : null;
}
