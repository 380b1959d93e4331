import type { ProbeDefinition } from "./probe.ts";

export const RESOURCE_PROBES: readonly ProbeDefinition[] = [
  {
    name: "fork-storm",
    group: "resources",
    tries: "start more processes than its limit allows",
    technique: "fork bomb, MITRE ATT&CK T1499",
    fix: "Set pids.max of the sandbox's cgroup.",
    isAlone: true,
    canary: {
      kind: "held",
      look: ({ processes, wanted }) =>
        processes.length >= wanted.processes ? `the host counts ${processes.length} processes of it` : null,
    },
  },
  {
    name: "memory",
    group: "resources",
    tries: "take more memory than its limit allows",
    technique: "memory exhaustion, MITRE ATT&CK T1499",
    fix: "Set memory.max of the sandbox's cgroup.",
    isAlone: true,
    canary: {
      kind: "held",
      look: ({ processes, wanted }) => {
        const most = Math.max(0, ...processes.map(({ rssBytes }) => rssBytes));
        return most >= wanted.bytes
          ? `a process of it has ${Math.round(most / 2 ** 20)} MiB of the host`
          : null;
      },
    },
  },
  {
    name: "open-files",
    group: "resources",
    tries: "open more files than its limit allows",
    technique: "exhaustion of the host's table of open files",
    fix: "Set RLIMIT_NOFILE.",
    isAlone: true,
    canary: {
      kind: "held",
      look: ({ processes, wanted }) => {
        const most = Math.max(0, ...processes.map(({ descriptors }) => descriptors.length));
        return most >= wanted.files ? `a process of it has ${most} files of the host open` : null;
      },
    },
  },
  {
    name: "orphan",
    group: "resources",
    tries: "leave a process on the host that outlives the sandbox",
    technique: "MITRE ATT&CK T1543, double fork with setsid",
    fix: "Give the sandbox a PID namespace of its own, whose end ends all in it.",
    isAlone: true,
    canary: { kind: "orphan" },
  },
];
