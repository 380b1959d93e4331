/** The most that a launch used, and which limits it ran into, as its cgroups counted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LaunchCgroups } from "./launch-cgroups.ts";

/** `null` where it is not counted. */
export type LaunchPeaks = {
  /** Sandbox and page cache included, bytes. */
  memoryBytes: number | null;
  /** Processes that the kernel killed because the memory limit was reached. */
  memoryKills: number | null;
  /** Processes and threads that were refused because of the limit. */
  pidsRefused: number | null;
};

export const NO_PEAKS: LaunchPeaks = { memoryBytes: null, memoryKills: null, pidsRefused: null };

/** To be asked after the launch, before its cgroups are removed: cgroup-v2.rst; v1: memory.rst, pids.rst. */
export function launchPeaks({ memoryDir, dirs }: LaunchCgroups): LaunchPeaks {
  const memoryDirs = memoryDir === null ? [] : [memoryDir];
  return {
    memoryBytes: first(memoryDirs, ["memory.peak", "memory.max_usage_in_bytes"], /^(\d+)$/m),
    memoryKills: first(memoryDirs, ["memory.events", "memory.oom_control"], /^oom_kill (\d+)$/m),
    pidsRefused: first(dirs, ["pids.events"], /^max (\d+)$/m),
  };
}

function first(dirs: readonly string[], files: readonly string[], figure: RegExp): number | null {
  for (const dir of dirs) {
    for (const file of files) {
      try {
        const found = figure.exec(readFileSync(join(dir, file), "latin1"));
        if (found !== null) return Number(found[1]);
      } catch {
        // Another version of cgroups, or another controller's folder.
      }
    }
  }
  return null;
}
