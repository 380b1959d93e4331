/** What the host is doing right now, and whether that disturbed a launch. */
import { availableParallelism } from "node:os";
import type { HostLoad } from "../samples/launch-record.ts";
import { readHostFile } from "./host-files.ts";

/**
 * Called before and after every launch, so it stays synchronous: four small files, about 0.1 ms.
 * Counters are cumulative since boot; ticks are 1/100 s (USER_HZ, proc_stat(5)).
 *
 * @throws Error when /proc/stat or /proc/loadavg can't be read: without them nothing can be said
 */
export function sampleHostLoad(root = "/"): HostLoad {
  const loadavg = readHostFile(root, "proc/loadavg");
  const stat = readHostFile(root, "proc/stat");
  if (loadavg === null || stat === null)
    throw new Error(`${root} has no readable proc/loadavg and proc/stat`);

  // user nice system idle iowait irq softirq steal; guest time is already part of user and nice.
  const ticks = stat.slice(0, stat.indexOf("\n")).trim().split(/\s+/).slice(1, 9).map(Number);
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = ticks;
  const busyTicks = user + nice + system + irq + softirq;
  return {
    load1: Number.parseFloat(loadavg),
    stealTicks: steal,
    busyTicks,
    totalTicks: busyTicks + idle + iowait + steal,
    cpuPressureUs: pressureTotalUs(readHostFile(root, "proc/pressure/cpu")),
    memAvailableBytes:
      1024 * Number(/^MemAvailable:\s+(\d+)/m.exec(readHostFile(root, "proc/meminfo") ?? "")?.[1] ?? 0),
  };
}

/** `some ... total=<us>` of a pressure file (kernel Documentation/accounting/psi.rst). */
function pressureTotalUs(text: string | null): number | null {
  const total = text === null ? undefined : /^some .*total=(\d+)/m.exec(text)?.[1];
  return total === undefined ? null : Number(total);
}

/**
 * When a launch counts as disturbed. A launch makes load of its own, so every bound stands above what one
 * launch was seen to do alone on an idle 2-core host.
 */
const DISTURBED = {
  /** Above run-to-run noise of most ops; below it, marks would be as common as launches on any cloud VM. */
  stealShare: 0.02,
  /** Ticks are 10 ms: in a launch of 0.3 s a single one is already 1.7 % of two CPUs, and proves nothing. */
  stealTicks: 3,
  /** Other processes' share of all CPU time. The harness and the kernel's own threads stay below 5 %. */
  othersShare: 0.15,
  /** Share of the wall time with a task waiting for a CPU. 100 goroutines under systrap reach 0.65 alone. */
  pressureShare: 0.9,
  /** Runnable threads a CPU that one launch makes itself: Go's in the program, and as many in the Sentry. */
  loadPerCpu: 2,
  /** Less free than this, and the kernel is reclaiming while the launch runs. */
  memAvailableBytes: 256 * 1024 * 1024,
};

const NS_PER_TICK = 1e7;

/**
 * Reasons why the launch between two samples counts as disturbed; empty when it does not.
 *
 * @param launchCpuNs CPU time the launch used itself (its cgroup's), where it is known. Only then can the
 *   CPU time of other processes be told from the launch's; else load and pressure stand in for it.
 */
export function disturbances(
  before: HostLoad,
  after: HostLoad,
  wallNs: number,
  launchCpuNs: number | null = null,
  cpus: number = availableParallelism(),
): string[] {
  const reasons: string[] = [];
  const totalTicks = after.totalTicks - before.totalTicks;
  const stealTicks = after.stealTicks - before.stealTicks;
  const stealShare = totalTicks > 0 ? stealTicks / totalTicks : 0;
  if (stealTicks >= DISTURBED.stealTicks && stealShare > DISTURBED.stealShare) {
    reasons.push(`the hypervisor took ${percent(stealShare)} of the CPU time (steal)`);
  }

  if (launchCpuNs !== null && wallNs > 0) {
    const othersNs = (after.busyTicks - before.busyTicks) * NS_PER_TICK - launchCpuNs;
    const othersShare = othersNs / (wallNs * cpus);
    if (othersNs > DISTURBED.stealTicks * NS_PER_TICK && othersShare > DISTURBED.othersShare) {
      reasons.push(`other processes used ${percent(othersShare)} of the CPU time`);
    }
  } else {
    if (before.load1 > DISTURBED.loadPerCpu * cpus + 1) {
      reasons.push(`the load was ${before.load1.toFixed(1)} on ${cpus} CPUs when it started`);
    }
    if (before.cpuPressureUs !== null && after.cpuPressureUs !== null && wallNs > 0) {
      const pressure = ((after.cpuPressureUs - before.cpuPressureUs) * 1000) / wallNs;
      if (pressure > DISTURBED.pressureShare) {
        reasons.push(`tasks waited for a CPU during ${percent(Math.min(pressure, 1))} of the time`);
      }
    }
  }

  if (after.memAvailableBytes < DISTURBED.memAvailableBytes) {
    reasons.push(`only ${Math.round(after.memAvailableBytes / 2 ** 20)} MiB of memory were available`);
  }
  return reasons;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
