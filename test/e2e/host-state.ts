import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What a run can leave behind beside processes, one text each. */
export type HostState = Set<string>;

/** The mounts, network interfaces, named network namespaces, cgroups and shared-memory folders of this host. */
export function hostState(): HostState {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").trim().split("\n");
  return new Set([
    // Without their ids: those are given anew whenever something is mounted.
    ...mounts.map((line) => `mount ${line.split(" ").slice(3).join(" ")}`),
    ...names("/sys/class/net").map((name) => `interface ${name}`),
    ...names("/run/netns").map((name) => `network namespace ${name}`),
    ...names("/dev/shm").map((name) => `/dev/shm/${name}`),
    ...cgroups("/sys/fs/cgroup").map((dir) => `cgroup ${dir}`),
  ]);
}

/**
 * @param folder of the lab: what carries its path comes from it
 * @param runIds of the lab's runs: what carries one comes from it
 * @returns what is new on the host and does not belong to somebody else's run, after up to 3 s to vanish
 */
export async function leftBehind(before: HostState, folder: string, runIds: string[]): Promise<string[]> {
  const deadline = Date.now() + 3000;
  for (;;) {
    const left = [
      ...[...hostState()].filter((one) => !before.has(one) && !isForeign(one, folder, runIds)),
      ...processesOf([folder, ...runIds]),
    ];
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(100);
  }
}

/** Another run may be under way on the same host while this is tested by hand. */
function isForeign(entry: string, folder: string, runIds: string[]): boolean {
  const isOurs = [folder, ...runIds].some((mark) => entry.includes(mark));
  return !isOurs && /\d{8}-\d{6}-[0-9a-f]{4}|sbx-bench-trial|sbx-lab-|chromium/.test(entry);
}

/** Processes that carry a mark in what they were started with, where they stand, or the cgroup they are in. */
export function processesOf(marks: string[]): string[] {
  return names("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const about = ["environ", "cmdline", "cgroup"].map((file) => read(`/proc/${pid}/${file}`));
    const places = ["cwd", "root", "exe"].map((link) => follow(`/proc/${pid}/${link}`));
    const text = [...about, ...places].join("\n");
    if (!marks.some((mark) => text.includes(mark))) return [];
    if (/^State:\s+[ZX]/m.test(read(`/proc/${pid}/status`))) return [];
    return [`process ${pid}: ${about[1]?.replaceAll("\0", " ")}`];
  });
}

function cgroups(dir: string): string[] {
  return names(dir).flatMap((name) => {
    const path = join(dir, name);
    return existsSync(join(path, "cgroup.procs")) || dir === "/sys/fs/cgroup" ? [path, ...cgroups(path)] : [];
  });
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

function follow(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return "";
  }
}
