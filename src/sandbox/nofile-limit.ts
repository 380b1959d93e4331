import { readFileSync } from "node:fs";
import { NOFILE_LIMIT } from "./settings.ts";

/**
 * RLIMIT_NOFILE of every sandboxed program: lower only where this process may have no more itself (`ulimit -Hn`), since
 * a plain user cannot raise it: getrlimit(2).
 *
 * @param limits of /proc/self/limits, proc_pid_limits(5)
 */
export function nofileLimit(limits = readFileSync("/proc/self/limits", "latin1")): number {
  const hard = /^Max open files +\S+ +(\d+)/m.exec(limits)?.[1];
  return hard === undefined ? NOFILE_LIMIT : Math.min(NOFILE_LIMIT, Number(hard));
}

/** What every contained launch has to leave out here, a sentence each. */
export function leftOut(isRoot: boolean, nofile = nofileLimit()): string[] {
  return [
    ...(isRoot ? [] : ["rootless: no memory, pids or CPU limit (the caller may not make cgroups)"]),
    ...(nofile < NOFILE_LIMIT
      ? [`${nofile} open files at most instead of ${NOFILE_LIMIT}: the caller may have no more (ulimit -Hn)`]
      : []),
  ];
}
