/** What must be equal for two runs to be comparable, and what else a reader wants to know of the host. */
import { createHash } from "node:crypto";
import type { Fingerprint } from "../samples/run-manifest.ts";
import type { Cgroups } from "./cgroups.ts";
import { readHostFile } from "./host-files.ts";
import { sampleHostLoad } from "./host-load.ts";
import { readInherited } from "./inherited.ts";
import { type Processor, readMitigations, readProcessor, readProcessorSettings } from "./processor.ts";

/** Facts taken from systeminformation. */
export type SystemFacts = {
  physicalCores: number;
  sockets: number;
  distribution: string;
  memoryBytes: number;
  /** Its guess at the hypervisor, from DMI and the kernel log; needs root on some hosts. */
  virtualHost: string;
};

export type FingerprintOptions = {
  root?: string;
  cgroups: Cgroups;
  /** Versions that change results: runsc, runc, go, sbx-bench. Part of the identity. */
  versions: Record<string, string>;
  system: SystemFacts;
};

export type FingerprintResult = {
  fingerprint: Fingerprint;
  processor: Processor;
  /** Settings as in the fingerprint's fields, by the same names. */
  settings: Record<string, string>;
  mitigations: Record<string, string>;
  /** Sentences about the host that do not decide comparability: load, steal, pressure, frequency. */
  notes: string[];
};

/** Reads about 25 small files; nothing is cached and nothing needs root. */
export function readFingerprint(options: FingerprintOptions): FingerprintResult {
  const { root = "/", system } = options;
  const processor = readProcessor(root);
  const settings = readProcessorSettings(root);
  const mitigations = readMitigations(root);
  const { quota, version } = options.cgroups;
  const fields: Record<string, string> = {
    "cpu.model": processor.model,
    "cpu.signature": processor.signature,
    "cpu.microcode": processor.microcode ?? "not visible",
    "cpu.logical": String(processor.logicalCpus),
    "cpu.physical": String(system.physicalCores),
    "cpu.sockets": String(system.sockets),
    "clock.constantTsc": processor.constantTsc ? "yes" : "no",
    ...settings,
    "memory.total": `${Math.round(system.memoryBytes / 2 ** 30)} GiB`,
    ...readInherited(quota.cpus, root),
    "host.virtualisation": processor.virtualised ? (processor.hypervisor ?? "unknown hypervisor") : "none",
    "host.emulated": processor.emulated ? "yes" : "no",
    "kernel.release": readHostFile(root, "proc/sys/kernel/osrelease") ?? "unknown",
    "os.distribution": system.distribution,
    "cgroup.version": version,
    "cgroup.cpus": quota.cpus === null ? "no limit" : String(quota.cpus),
    "cgroup.memory":
      quota.memoryBytes === null ? "no limit" : `${Math.round(quota.memoryBytes / 2 ** 20)} MiB`,
  };
  for (const [name, state] of Object.entries(mitigations)) fields[`mitigation.${name}`] = state;
  for (const [name, found] of Object.entries(options.versions)) fields[`version.${name}`] = found;
  return {
    fingerprint: { id: hashFields(fields), fields },
    processor,
    settings,
    mitigations,
    notes: hostNotes(root, processor, system),
  };
}

/** The same host with one field changed. */
export function withField(fingerprint: Fingerprint, field: string, value: string): Fingerprint {
  const fields = { ...fingerprint.fields, [field]: value };
  return { id: hashFields(fields), fields };
}

/** 12 hex digits: enough to tell hosts apart, short enough to read aloud. Independent of the fields' order. */
function hashFields(fields: Record<string, string>): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 12);
}

function hostNotes(root: string, processor: Processor, system: SystemFacts): string[] {
  const load = sampleHostLoad(root);
  const pressure = /^some avg10=([\d.]+)/m.exec(readHostFile(root, "proc/pressure/cpu") ?? "")?.[1];
  const steal = load.totalTicks > 0 ? (load.stealTicks / load.totalTicks) * 100 : 0;
  const hypervisor = processor.hypervisor ?? system.virtualHost;
  return [
    `Load ${load.load1.toFixed(2)} on ${processor.logicalCpus} CPUs; ${(load.memAvailableBytes / 2 ** 30).toFixed(1)} GiB of memory available.`,
    `Steal since boot: ${steal.toFixed(2)} % of the CPU time.`,
    pressure === undefined
      ? "The kernel reports no pressure (PSI)."
      : `CPU pressure over the last 10 s: ${pressure} %.`,
    processor.frequencyMhz === null
      ? "The CPU frequency is not visible."
      : `CPU frequency now: ${Math.round(processor.frequencyMhz)} MHz.`,
    processor.virtualised
      ? `A virtual machine${hypervisor === "" ? "" : ` (${hypervisor})`}: neighbours are out of sight.`
      : "No hypervisor seen.",
  ];
}

/** About 50 ms. The package is loaded on demand: it is large, and only this needs it. */
export async function systemFacts(): Promise<SystemFacts> {
  const { cpu, osInfo, mem, system } = (await import("systeminformation")).default;
  const [processor, os, memory, machine] = await Promise.all([cpu(), osInfo(), mem(), system()]);
  return {
    physicalCores: processor.physicalCores,
    sockets: processor.processors,
    distribution: `${os.distro} ${os.release}`,
    memoryBytes: memory.total,
    virtualHost: machine.virtualHost ?? "",
  };
}
