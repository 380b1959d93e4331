/** A host on which everything works, for tests that change one thing of it. */

import type { PlatformName } from "../../src/axes/platform.ts";
import { type ProbeAnswer, WORKS } from "../../src/probe/answer.ts";
import type { PlatformTrial } from "../../src/probe/platforms.ts";
import type { HostProbe } from "../../src/probe/probe-host.ts";
import { TOOL_NAMES, type ToolName, type Tools } from "../../src/probe/tools.ts";
import type { HostLoad } from "../../src/samples/launch-record.ts";

export function trial(platform: PlatformName, answer: ProbeAnswer = WORKS): PlatformTrial {
  return { platform, ...answer, elapsedMs: 90, evidence: "" };
}

export function toolsBut(missing: ToolName | null): Tools {
  return Object.fromEntries(
    TOOL_NAMES.map((name) => [
      name,
      name === missing
        ? { name, path: null, version: null, reason: `${name} is not installed`, fix: `install ${name}` }
        : { name, path: `/usr/bin/${name}`, version: "1.0", reason: null, fix: null },
    ]),
  ) as Tools;
}

const controller = (name: string) =>
  ({ version: 2, mountPoint: "/sys/fs/cgroup", ownPath: `/${name}`, writable: true }) as const;

export const FAKE_PROBE: HostProbe = {
  platforms: { systrap: trial("systrap"), ptrace: trial("ptrace"), kvm: trial("kvm") },
  sandboxes: { native: WORKS, unshare: WORKS, bwrap: WORKS, crun: WORKS, runc: WORKS, runsc: WORKS },
  networks: { none: WORKS, host: WORKS, sandbox: WORKS },
  netstack: WORKS,
  fingerprint: {
    id: "0123456789ab",
    fields: {
      "cpu.model": "Test CPU",
      "cpu.logical": "8",
      "memory.total": "32 GiB",
      "os.distribution": "Debian GNU/Linux 12",
      "kernel.release": "6.1.0-40-amd64",
    },
  },
  notes: [],
  versions: { "sbx-bench": "0.1.0", runsc: "1.0" },
  emulated: false,
  tools: toolsBut(null),
  cgroups: {
    version: "v2",
    controllers: { memory: controller("own"), pids: controller("own"), cpu: controller("own") },
    cpuacct: controller("own"),
    quota: { cpus: null, memoryBytes: null, pids: null },
    mountPoints: ["/sys/fs/cgroup"],
  },
  processor: {
    model: "Test CPU",
    signature: "25/1/1",
    microcode: "0x1",
    logicalCpus: 8,
    constantTsc: true,
    virtualised: false,
    hypervisor: null,
    emulated: false,
    frequencyMhz: 3000,
  },
  settings: {
    "cpu.governor": "performance",
    "cpu.turbo": "off",
    "cpu.smt": "off",
    "clock.source": "tsc",
    "memory.thp": "madvise",
    "memory.thpShmem": "advise",
  },
  mitigations: {},
  privileges: { isRoot: true, sysAdmin: true },
  isRoot: true,
  triedAt: "2026-09-01T12:34:56.000Z",
  remembered: false,
};

/** Half a second on 8 idle CPUs. */
export const BEFORE: HostLoad = {
  load1: 0.1,
  stealTicks: 0,
  busyTicks: 0,
  totalTicks: 0,
  cpuPressureUs: 0,
  memAvailableBytes: 30e9,
};
export const AFTER: HostLoad = { ...BEFORE, busyTicks: 4, totalTicks: 400 };
