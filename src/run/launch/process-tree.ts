/** Finds and ends the processes of a launch: by pid and start time, never by name. */
import { readdirSync, readFileSync } from "node:fs";

export type ProcessId = {
  pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since boot: tells a reused pid from the old one. */
  startTicks: number;
  /** Of the boot that the ticks count from: after a restart both numbers can come again. */
  bootId: string;
};

type Stat = { state: string; parent: number; session: number; startTicks: number };

/** proc_pid_stat(5); the command name may hold spaces and parentheses, so parsing starts behind it. */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      state: fields[0] ?? "",
      parent: Number(fields[1]),
      session: Number(fields[3]),
      startTicks: Number(fields[19]),
    };
  } catch {
    return null;
  }
}

let cachedBootId: string | null = null;

function bootId(): string {
  cachedBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  return cachedBootId;
}

export function identify(pid: number): ProcessId | null {
  const stat = readStat(pid);
  return stat === null ? null : { pid, startTicks: stat.startTicks, bootId: bootId() };
}

/** One that has ended and was never reaped counts as dead: it does nothing any more. */
export function isAlive(process: ProcessId): boolean {
  const stat = readStat(process.pid);
  return (
    stat !== null &&
    stat.startTicks === process.startTicks &&
    process.bootId === bootId() &&
    stat.state !== "Z" &&
    stat.state !== "X"
  );
}

/** Processes that descend from `root` or belong to its session; `root` first, if it still lives. */
export function treeOf(root: number): number[] {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = readStat(pid);
    if (stat !== null) stats.set(pid, stat);
  }
  const members = new Set<number>();
  if (stats.has(root)) members.add(root);
  for (const [pid, stat] of stats) if (stat.session === root) members.add(pid);
  // Pids are not ordered by parentage once they have wrapped, so repeat until nothing is added.
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, stat] of stats) {
      if (!members.has(pid) && members.has(stat.parent)) {
        members.add(pid);
        grew = true;
      }
    }
  }
  return [...members];
}

/**
 * Ends a session leader with all that descends from it. Its pid may belong to somebody else by now: then
 * nothing is left of its session either, as the kernel gives no pid away that still names a session.
 */
export function killTree(root: ProcessId): void {
  const now = identify(root.pid);
  if (now !== null && now.startTicks !== root.startTicks) return;
  // The tree is read before the root dies, while parentage still leads to every member.
  for (const member of treeOf(root.pid)) killNow(member);
}

/** SIGKILL; a process that is gone already is what we want. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // ESRCH: ended meanwhile.
  }
}

/**
 * Processes that carry a mark in the environment that they were started with: whoever their parent is, they
 * come from what set it. Other users' can't be read and are left out.
 */
export function processesMarked(name: string, isMatch: (value: string) => boolean): number[] {
  const start = `${name}=`;
  return readdirSync("/proc").flatMap((entry) => {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) return [];
    let environment: string;
    try {
      environment = readFileSync(`/proc/${pid}/environ`, "latin1");
    } catch {
      return [];
    }
    if (!environment.includes(start)) return [];
    const marked = environment
      .split("\0")
      .some((one) => one.startsWith(start) && isMatch(one.slice(start.length)));
    return marked ? [pid] : [];
  });
}
