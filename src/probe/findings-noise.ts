/** What makes this host's results noisy or special, as findings. Pure. */
import type { HostLoad } from "../samples/launch-record.ts";
import { type Finding, finding, type Severity } from "./finding.ts";
import type { HostProbe } from "./probe-host.ts";

/** Above this the host is doing something else than waiting for the bench. */
const BUSY_SHARE = 0.15;
const STEAL_SHARE = 0.02;

/** What happened on the host between two samples, while doctor itself did nothing. */
export function activityFindings(host: HostProbe, before: HostLoad, after: HostLoad): Finding[] {
  const ticks = Math.max(1, after.totalTicks - before.totalTicks);
  const busy = (after.busyTicks - before.busyTicks) / ticks;
  const steal = (after.stealTicks - before.stealTicks) / ticks;
  const cpus = host.processor.logicalCpus;
  const idle = noise(
    "noise.load",
    "ok",
    `the host is idle: ${percent(busy)} busy, load ${after.load1.toFixed(2)}`,
  );
  const busyHost = noise(
    "noise.load",
    "warning",
    `the host is busy: ${percent(busy)} of the CPU time, load ${after.load1.toFixed(2)} on ${cpus} CPUs`,
    "Other work delays launches, and turns systrap's fast path into its slow one.",
    "Stop other work, or take more rounds; disturbed launches are marked.",
  );
  return [
    busy > BUSY_SHARE || after.load1 > cpus ? busyHost : idle,
    steal > STEAL_SHARE
      ? noise(
          "noise.steal",
          "warning",
          `the hypervisor takes ${percent(steal)} of the CPU time (steal)`,
          "Neighbours on the same machine are running instead of this VM.",
          "Use a VM with dedicated CPUs, or take more rounds.",
        )
      : noise("noise.steal", "ok", `steal: ${percent(steal)} of the CPU time`),
    after.cpuPressureUs === null
      ? noise("noise.pressure", "note", "the kernel reports no pressure (PSI)", null, "Boot with psi=1.")
      : noise("noise.pressure", "ok", "pressure (PSI) is visible"),
  ];
}

export function processorFindings(host: HostProbe): Finding[] {
  const { processor, settings } = host;
  return [
    ...(processor.emulated
      ? [
          noise(
            "cpu.emulated",
            "warning",
            "the processor is emulated (QEMU TCG)",
            "Times show how the emulator works; they are marked and never shown as performance.",
            "Measure on bare metal or in a VM with hardware virtualisation.",
          ),
        ]
      : []),
    processor.virtualised
      ? noise(
          "cpu.virtualised",
          "note",
          `a virtual machine (${processor.hypervisor ?? "unknown hypervisor"})`,
        )
      : noise("cpu.virtualised", "ok", "no hypervisor below"),
    ...(processor.logicalCpus < 4
      ? [
          noise(
            "cpu.few",
            "note",
            `${processor.logicalCpus} CPU${processor.logicalCpus === 1 ? "" : "s"}: harness, program and Sentry share them`,
            processor.logicalCpus === 1
              ? "systrap never takes its fast path on one CPU."
              : "systrap's fast path needs an idle CPU, so its times fall into two groups.",
          ),
        ]
      : []),
    clockFinding(host),
    governorFinding(settings["cpu.governor"] ?? "not visible"),
    turboFinding(settings["cpu.turbo"] ?? "not visible"),
    ...hugePageFindings(settings),
    mitigationFinding(host.mitigations),
  ];
}

function clockFinding({ processor, settings }: HostProbe): Finding {
  const source = settings["clock.source"] ?? "not visible";
  if (!processor.constantTsc) {
    return noise(
      "clock",
      "warning",
      "the time-stamp counter is not constant; the slower monotonic clock is used",
      "Inside runsc reading that clock can cost more than the call that is timed.",
      "Measure on a CPU with constant_tsc and nonstop_tsc, and let the hypervisor pass them on.",
    );
  }
  if (/^(tsc|kvm-clock|hyperv_clocksource_tsc_page)$/.test(source)) {
    return noise("clock", "ok", `clock source ${source}, constant time-stamp counter`);
  }
  return noise(
    "clock",
    "warning",
    `clock source ${source}`,
    "It has no vDSO path: every reading of the time is a system call.",
    "echo tsc > /sys/devices/system/clocksource/clocksource0/current_clocksource",
  );
}

function governorFinding(governor: string): Finding {
  if (governor === "performance") return noise("cpu.governor", "ok", "governor performance");
  if (governor === "not visible") return noise("cpu.governor", "note", "frequency governor not visible");
  return noise(
    "cpu.governor",
    "warning",
    `governor ${governor}`,
    "The frequency follows the load, so a short launch runs on a slower clock than a long one.",
    "cpupower frequency-set -g performance",
  );
}

function turboFinding(turbo: string): Finding {
  if (turbo !== "on") return noise("cpu.turbo", turbo === "off" ? "ok" : "note", `turbo ${turbo}`);
  return noise(
    "cpu.turbo",
    "note",
    "turbo on",
    "The frequency depends on temperature and on the neighbours' load.",
    "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo, or: echo 0 > /sys/devices/system/cpu/cpufreq/boost",
  );
}

function hugePageFindings(settings: Record<string, string>): Finding[] {
  const anonymous = settings["memory.thp"] ?? "not visible";
  const shmem = settings["memory.thpShmem"] ?? "not visible";
  const text = `transparent huge pages: ${anonymous}; for shared memory: ${shmem}`;
  if (shmem !== "never") return [noise("memory.thp", "ok", text)];
  return [
    noise(
      "memory.thp",
      "note",
      text,
      `gVisor keeps a program's memory in shared memory and asks for huge pages there; "never" refuses them.`,
      "echo advise > /sys/kernel/mm/transparent_hugepage/shmem_enabled",
    ),
  ];
}

function mitigationFinding(mitigations: Record<string, string>): Finding {
  const names = Object.keys(mitigations);
  const open = names.filter((name) => mitigations[name]?.startsWith("Vulnerable"));
  const text =
    names.length === 0
      ? "no CPU vulnerability is mitigated, as none is known"
      : `CPU vulnerabilities: ${names.length - open.length} mitigated, ${open.length} open${
          open.length > 0 ? ` (${open.join(", ")})` : ""
        }`;
  return noise("cpu.mitigations", "ok", text);
}

function noise(
  id: string,
  severity: Severity,
  what: string,
  why: string | null = null,
  fix: string | null = null,
) {
  return finding(id, "Noise", severity, what, why, fix);
}

function percent(share: number): string {
  return `${(Math.max(0, share) * 100).toFixed(1)} %`;
}
