import { readdirSync, readFileSync } from "node:fs";
import { treeOf } from "../launch/process-tree.ts";

/**
 * CPU time of the living threads of a process tree so far, ns: for launches without a cgroup. From
 * /proc/PID/task/TID/schedstat, which the kernel counts to the nanosecond (Documentation/scheduler/sched-stats.rst).
 */
export function treeCpuNs(rootPid: number): number | null {
  let sum: number | null = null;
  for (const pid of treeOf(rootPid)) {
    for (const task of tasksOf(pid)) {
      try {
        const [ranNs = ""] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, "latin1").split(" ");
        sum = (sum ?? 0) + Number(ranNs);
      } catch {
        // Ended meanwhile, or a kernel without CONFIG_SCHED_INFO.
      }
    }
  }
  return sum;
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}
