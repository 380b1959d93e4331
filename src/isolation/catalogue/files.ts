import { descriptor } from "../canaries/held-view.ts";
import type { ProbeDefinition } from "./probe.ts";

const OWN_ROOT = "Give the sandbox a root file system of its own (pivot_root), and no folder of the host's.";
const MASK = "Mount /proc read-only, cover the file, and run as a user who is not root on the host.";

export const FILE_PROBES: readonly ProbeDefinition[] = [
  {
    name: "read-host-file",
    group: "files",
    tries: "read a file of the host, by its path, /proc/1/root or ..",
    technique: "MITRE ATT&CK T1611 (escape to host), path traversal",
    fix: OWN_ROOT,
    canary: { kind: "answer", of: "secret" },
  },
  {
    name: "write-host-file",
    group: "files",
    tries: "write to a file of the host",
    technique: "MITRE ATT&CK T1611, writable hostPath",
    fix: OWN_ROOT,
    canary: { kind: "mark" },
  },
  {
    name: "open-core-pattern",
    group: "files",
    tries: "open /proc/sys/kernel/core_pattern for writing (it is not written to)",
    technique: "core_pattern escape: the kernel starts the program that is named there, as root on the host",
    fix: MASK,
    canary: { kind: "held", look: descriptor(/\/kernel\/core_pattern$/, "write") },
  },
  {
    name: "open-sysrq",
    group: "files",
    tries: "open /proc/sysrq-trigger for writing (it is not written to)",
    technique: "magic SysRq: reboots or crashes the host",
    fix: MASK,
    canary: { kind: "held", look: descriptor(/\/sysrq-trigger$/, "write") },
  },
  {
    name: "open-kernel-memory",
    group: "files",
    tries: "open /proc/kcore, the memory of the host",
    technique: "MITRE ATT&CK T1003 (credentials from memory)",
    fix: MASK,
    canary: { kind: "held", look: descriptor(/\/kcore$/) },
  },
  {
    name: "read-kernel-symbols",
    group: "files",
    tries: "read where the host's kernel is in memory (/proc/kallsyms)",
    technique: "defeat of KASLR, the first step of kernel exploits",
    fix: "Set sysctl kernel.kptr_restrict=2, drop CAP_SYSLOG, and do not run as root.",
    canary: { kind: "answer", of: "symbols" },
  },
  {
    name: "read-kernel-log",
    group: "files",
    tries: "read the host's kernel log",
    technique: "kernel addresses and other tenants' names out of dmesg",
    fix: "Set sysctl kernel.dmesg_restrict=1, drop CAP_SYSLOG, and filter syslog(2).",
    canary: { kind: "answer", of: "log" },
  },
  {
    name: "make-disk-node",
    group: "files",
    tries: "make a node of the host's disk and read from it",
    technique: "CAP_MKNOD escape: debugfs on the host's disk",
    fix: "Drop CAP_MKNOD, mount with nodev, and deny devices by cgroup.",
    canary: { kind: "answer", of: "disk" },
  },
  {
    name: "make-suid-file",
    group: "files",
    tries: "leave a set-uid file of root's in a folder of the host",
    technique: "set-uid file on a shared volume, run by another user of the host",
    fix: "Map root to another user, drop CAP_CHOWN and CAP_FSETID, and mount shared folders with nosuid.",
    canary: {
      kind: "held",
      look: ({ suidFile }) =>
        suidFile !== null && suidFile.uid === 0 && (suidFile.mode & 0o4000) !== 0
          ? "the host sees a set-uid file of root's"
          : null,
    },
  },
  {
    name: "open-by-handle",
    group: "files",
    tries: "open a file of the host by its handle, without a path",
    technique: "shocker (2014), open_by_handle_at(2)",
    fix: "Drop CAP_DAC_READ_SEARCH, and filter open_by_handle_at.",
    canary: { kind: "answer", of: "secret" },
  },
  {
    name: "host-socket",
    group: "files",
    tries: "connect to a Unix socket of the host by its path (as docker.sock is one)",
    technique: "docker.sock escape, MITRE ATT&CK T1610",
    fix: "Mount no folder with sockets; in gVisor leave --host-uds at none.",
    canary: { kind: "arrival", at: "socket" },
  },
  {
    name: "host-fifo",
    group: "files",
    tries: "write to a named pipe of the host",
    technique: "unintended channel to a process of the host",
    fix: "Mount no folder with named pipes; in gVisor leave --host-fifo at none.",
    canary: { kind: "arrival", at: "fifo" },
  },
];
