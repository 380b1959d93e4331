/**
 * What this process inherited from its shell, service or container and hands on to every launch, where it changes
 * measurements: a run under `taskset`, `nice` or `setarch -R` must not be compared with a plain one.
 */
import { readHostFile } from "./host-files.ts";

/** As sched_setscheduler(2) numbers them. */
const POLICIES = ["other", "fifo", "round-robin", "batch", "", "idle", "deadline"];
/** ADDR_NO_RANDOMIZE of personality(2); `setarch -R` sets it. */
const NO_RANDOMIZE = 0x0040000;

/**
 * Fields of the fingerprint. The limit of open files is none of them: sandboxes set their own, and Go raises its own.
 *
 * @param quotaCpus CPU quota of the own cgroup, in CPUs; `null` = none
 */
export function readInherited(quotaCpus: number | null, root = "/"): Record<string, string> {
  const status = readHostFile(root, "proc/self/status") ?? "";
  return {
    "cpu.usable": usableCpus(status, quotaCpus, root),
    "memory.policy": memoryPolicy(status, root),
    "process.aslr": addressRandomisation(root),
    "process.filters": filters(status),
    "process.scheduling": scheduling(root),
    "process.stack": stackLimit(root),
  };
}

/** `all 4`, `1 of 4 (CPU 2)`, `0.5 of 4 (quota)`: the smaller of the affinity mask (cpusets narrow it) and the quota. */
function usableCpus(status: string, quotaCpus: number | null, root: string): string {
  const mask = /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1];
  if (mask === undefined) return "not visible";
  const allowed = cpuCount(mask);
  const online = cpuCount(readHostFile(root, "sys/devices/system/cpu/online") ?? mask);
  if (quotaCpus !== null && quotaCpus < allowed) {
    return `${quotaCpus} of ${online} (quota${allowed < online ? ` on ${cpuText(mask)}` : ""})`;
  }
  return allowed < online ? `${allowed} of ${online} (${cpuText(mask)})` : `all ${online}`;
}

function cpuText(list: string): string {
  return `${/[-,]/.test(list) ? "CPUs" : "CPU"} ${list}`;
}

/** Of a list as the kernel writes it: `0-3,8`. */
function cpuCount(list: string): number {
  return list.split(",").reduce((sum, range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return sum + last - first + 1;
  }, 0);
}

/** `default`, `bind:0` (numactl, set_mempolicy(2)); with the nodes where a cpuset allows only some. */
function memoryPolicy(status: string, root: string): string {
  const policy = /^\S+ (\S+)/.exec(readHostFile(root, "proc/self/numa_maps") ?? "")?.[1] ?? "default";
  const nodes = /^Mems_allowed_list:\s*(\S+)/m.exec(status)?.[1];
  const online = readHostFile(root, "sys/devices/system/node/online");
  return nodes === undefined || online === null || nodes === online ? policy : `${policy}, nodes ${nodes}`;
}

/** A fixed layout hides, or fixes, what the place of code and stack costs. */
function addressRandomisation(root: string): string {
  const personality = Number.parseInt(readHostFile(root, "proc/self/personality") ?? "0", 16);
  if ((personality & NO_RANDOMIZE) !== 0) return "off (personality)";
  const kernel = readHostFile(root, "proc/sys/kernel/randomize_va_space");
  return kernel === null ? "not visible" : ({ "0": "off (kernel)", "1": "without brk" }[kernel] ?? "on");
}

/** Inside Docker every call of native, too, passes the container's filter. The kernel counts them from 5.11 on. */
function filters(status: string): string {
  const mode = /^Seccomp:\s*(\d)/m.exec(status)?.[1];
  if (mode === undefined) return "not visible";
  if (mode === "0") return "none";
  return /^Seccomp_filters:\s*(\d+)/m.exec(status)?.[1] ?? "some";
}

/** `other, nice 0`. Fields 19, 40 and 41 of proc_pid_stat(5); the command in field 2 may hold blanks and brackets. */
function scheduling(root: string): string {
  const stat = readHostFile(root, "proc/self/stat");
  if (stat === null) return "not visible";
  const after = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [nice, priority, policy] = [19, 40, 41].map((field) => Number(after[field - 3] ?? 0));
  const name = POLICIES[policy!] ?? `policy ${policy}`;
  return priority! > 0 ? `${name}, priority ${priority}` : `${name}, nice ${nice}`;
}

/** It decides where the kernel maps memory, and how much a C thread reserves. */
function stackLimit(root: string): string {
  const soft = /^Max stack size\s+(\S+)/m.exec(readHostFile(root, "proc/self/limits") ?? "")?.[1];
  if (soft === undefined) return "not visible";
  return soft === "unlimited" ? "no limit" : `${Number(soft) / 1024} KiB`;
}
