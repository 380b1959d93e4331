import { descriptor } from "../canaries/held-view.ts";
import type { ProbeDefinition } from "./probe.ts";

export const KERNEL_PROBES: readonly ProbeDefinition[] = [
  {
    name: "bpf",
    group: "kernel",
    tries: "have the host's kernel make a BPF map",
    technique: "CVE-2021-31440, CVE-2023-2163 (faults of the BPF verifier)",
    fix: "Filter bpf(2), drop CAP_BPF and CAP_SYS_ADMIN, and set sysctl kernel.unprivileged_bpf_disabled=2.",
    canary: { kind: "held", look: descriptor(/^anon_inode:\[?bpf-map/) },
  },
  {
    name: "perf-event",
    group: "kernel",
    tries: "have the host's kernel count for it (perf_event_open)",
    technique: "CVE-2023-5717, and timing of what else runs on the processor",
    fix: "Filter perf_event_open(2), and set sysctl kernel.perf_event_paranoid=3 or higher where the kernel knows it.",
    canary: { kind: "held", look: descriptor(/^anon_inode:\[perf_event\]/) },
  },
  {
    name: "io-uring",
    group: "kernel",
    tries: "open an io_uring of the host's kernel",
    technique: "CVE-2022-29582, CVE-2023-2598; and a way past filters of read, write and connect",
    fix: "Filter io_uring_setup(2), or set sysctl kernel.io_uring_disabled=2.",
    canary: { kind: "held", look: descriptor(/^anon_inode:\[io_uring\]/) },
  },
  {
    name: "userfaultfd",
    group: "kernel",
    tries: "stop the host's kernel at a page fault of its choice (userfaultfd)",
    technique: "stretches the race of use-after-free exploits",
    fix: "Filter userfaultfd(2), drop CAP_SYS_PTRACE, and leave sysctl vm.unprivileged_userfaultfd at 0.",
    canary: { kind: "held", look: descriptor(/^anon_inode:\[userfaultfd\]/) },
  },
];
