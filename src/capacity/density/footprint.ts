/** What a group of processes takes of the host at one moment. */
import { basename } from "node:path";
import { listHostFolder, readHostFile } from "../../probe/host-files.ts";

export type Footprint = {
  processes: number;
  threads: number;
  descriptors: number;
  pssBytes: number;
  rssBytes: number;
  pageTableBytes: number;
  /** User and system time since their start, s. */
  cpuS: number;
  /** PSS by what the processes call themselves: `runsc-sandbox`, `runsc-gofer`, `[exe]`, `scenario`. */
  pssByRole: Record<string, number>;
};

const KIB = 1024;
/** USER_HZ, proc_pid_stat(5). */
const TICKS_PER_S = 100;

/**
 * Processes of launches: in a cgroup, or with a variable in their first environment, that names one of the launches.
 *
 * @param prefix of the launch ids, which no other process on the host has: `sbx-RUN-`
 */
export function processesOf(prefix: string, envName: string, root = "/"): number[] {
  return listHostFolder(root, "proc")
    .filter((name) => /^\d+$/.test(name))
    .filter(
      (pid) =>
        readHostFile(root, `proc/${pid}/cgroup`)?.includes(`/${prefix}`) === true ||
        readHostFile(root, `proc/${pid}/environ`)
          ?.split("\0")
          .some((one) => one.startsWith(`${envName}=${prefix}`)) === true,
    )
    .map(Number);
}

/** A process that ends meanwhile counts for what was read of it. */
export function footprintOf(pids: readonly number[], root = "/"): Footprint {
  const sum: Footprint = {
    processes: 0,
    threads: 0,
    descriptors: 0,
    pssBytes: 0,
    rssBytes: 0,
    pageTableBytes: 0,
    cpuS: 0,
    pssByRole: {},
  };
  for (const pid of pids) {
    const rollup = readHostFile(root, `proc/${pid}/smaps_rollup`);
    if (rollup === null || rollup === "") continue;
    const status = readHostFile(root, `proc/${pid}/status`) ?? "";
    const pss = kib(rollup, "Pss");
    sum.processes += 1;
    sum.threads += Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1);
    sum.descriptors += listHostFolder(root, `proc/${pid}/fd`).length;
    sum.pssBytes += pss;
    sum.rssBytes += kib(rollup, "Rss");
    sum.pageTableBytes += kib(status, "VmPTE");
    sum.cpuS += cpuSeconds(readHostFile(root, `proc/${pid}/stat`));
    const role = roleOf(readHostFile(root, `proc/${pid}/cmdline`), status);
    sum.pssByRole[role] = (sum.pssByRole[role] ?? 0) + pss;
  }
  return sum;
}

function kib(text: string, name: string): number {
  return KIB * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
}

/** Fields 14 and 15, behind the name in brackets, which may hold anything. */
function cpuSeconds(stat: string | null): number {
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_S;
}

/** The Sentry's stubs, in which the program's code runs, have no command line: `[exe]`. */
function roleOf(cmdline: string | null, status: string): string {
  const first = cmdline?.split("\0")[0] ?? "";
  return first === "" ? `[${/^Name:\s+(\S+)/m.exec(status)?.[1] ?? "unknown"}]` : basename(first);
}
