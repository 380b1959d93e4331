/** What the harness hands on to its launches and a plain shell does not, as findings. Pure. */
import { type Finding, finding } from "./finding.ts";
import type { HostProbe } from "./probe-host.ts";

/** The usual value of each field, and what another one does. `not visible` is what an odd /proc answers. */
const USUAL: { field: string; usual: RegExp; name: string; why: string; fix: string }[] = [
  {
    field: "cpu.usable",
    usual: /^all /,
    name: "usable CPUs",
    why: "The harness, the program and the Sentry share these, as taskset, a cpuset or a quota has it.",
    fix: "Start it without taskset, or pin every run to the same CPUs.",
  },
  {
    field: "process.scheduling",
    usual: /^other, nice 0$/,
    name: "scheduling",
    why: "Every launch inherits it, and gets more or less of a busy CPU.",
    fix: "Start it without nice and chrt.",
  },
  {
    field: "process.aslr",
    usual: /^on$/,
    name: "address randomisation",
    why: "Every launch has the same layout in memory, so the layout's share of the cost does not average out.",
    fix: "Start it without setarch -R; sysctl -w kernel.randomize_va_space=2.",
  },
  {
    field: "process.filters",
    usual: /^none$/,
    name: "seccomp filters around the harness",
    why: "They are evaluated for every system call of every launch, native included.",
    fix: "Start the container with --security-opt seccomp=unconfined.",
  },
  {
    field: "memory.policy",
    usual: /^default$/,
    name: "NUMA policy",
    why: "Memory comes from these nodes only.",
    fix: "Start it without numactl, or with the same policy every time.",
  },
];

/** Only what is unusual is shown: runs with other values are not compared with these. */
export function inheritedFindings({ fingerprint }: Pick<HostProbe, "fingerprint">): Finding[] {
  return USUAL.flatMap(({ field, usual, name, why, fix }) => {
    const value = fingerprint.fields[field] ?? "not visible";
    if (usual.test(value) || value === "not visible") return [];
    return [finding(`inherited.${field}`, "Noise", "note", `${name}: ${value}`, why, fix)];
  });
}
