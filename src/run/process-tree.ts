/** Finds and ends the processes of a launch: by pid and start time, never by name. */
import { readdirSync, readFileSync } from "node:fs";

export type ProcessId = {
  pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since boot: tells a reused pid from the old one. */
  startTicks: number;
};

type Stat = { parent: number; group: number; session: number; startTicks: number };

/** proc_pid_stat(5); the command name may hold spaces and parentheses, so parsing starts behind it. */
function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      parent: Number(fields[1]),
      group: Number(fields[2]),
      session: Number(fields[3]),
      startTicks: Number(fields[19]),
    };
  } catch {
    return null;
  }
}

export function identify(pid: number): ProcessId | null {
  const stat = readStat(pid);
  return stat === null ? null : { pid, startTicks: stat.startTicks };
}

export function isAlive(process: ProcessId): boolean {
  return readStat(process.pid)?.startTicks === process.startTicks;
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

/** SIGKILL; a process that is gone already is what we want. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // ESRCH: ended meanwhile.
  }
}
