/** What a launch costs the host in memory at one moment, summed over its whole process tree. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { MemorySample } from "../../samples/launch-record.ts";
import { treeOf } from "./process-tree.ts";

/**
 * @param rootPid outermost process of the launch
 * @param memoryCgroupDir the launch's cgroup with the memory controller, v1 or v2; null when it has none
 */
export function sampleTreeMemory(
  mark: string,
  rootPid: number,
  memoryCgroupDir: string | null,
): MemorySample {
  let pssBytes: number | null = 0;
  let rssBytes: number | null = 0;
  let processes = 0;
  for (const pid of treeOf(rootPid)) {
    const rollup = readText(`/proc/${pid}/smaps_rollup`);
    if (rollup === null) continue;
    processes += 1;
    // A rollup without the line (a kernel without CONFIG_PROC_PAGE_MONITOR) makes the sum unknown, not smaller.
    pssBytes = plus(pssBytes, kibLine(rollup, "Pss"));
    rssBytes = plus(rssBytes, kibLine(rollup, "Rss"));
  }
  return {
    mark,
    pssBytes: processes === 0 ? null : pssBytes,
    rssBytes: processes === 0 ? null : rssBytes,
    processes,
    ...cgroupMemory(memoryCgroupDir),
  };
}

function cgroupMemory(
  dir: string | null,
): Pick<MemorySample, "cgroupBytes" | "cgroupShmemBytes" | "cgroupAnonBytes"> {
  if (dir === null) return { cgroupBytes: null, cgroupShmemBytes: null, cgroupAnonBytes: null };
  const current = readText(join(dir, "memory.current")) ?? readText(join(dir, "memory.usage_in_bytes"));
  const stat = readText(join(dir, "memory.stat")) ?? "";
  return {
    cgroupBytes: current === null ? null : Number(current),
    // v1: total_* include the cgroups below; v2: memory.stat always does.
    cgroupShmemBytes: statLine(stat, "total_shmem") ?? statLine(stat, "shmem"),
    cgroupAnonBytes: statLine(stat, "total_rss") ?? statLine(stat, "anon"),
  };
}

function plus(sum: number | null, more: number | null): number | null {
  return sum === null || more === null ? null : sum + more;
}

function kibLine(text: string, name: string): number | null {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text);
  return match === null ? null : Number(match[1]) * 1024;
}

function statLine(text: string, name: string): number | null {
  const match = new RegExp(`^${name} (\\d+)$`, "m").exec(text);
  return match === null ? null : Number(match[1]);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return null;
  }
}
