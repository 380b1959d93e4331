import type { ProbeDefinition } from "./probe.ts";

const OWN_PIDS = "Give the sandbox a PID namespace and a /proc of its own.";

export const NAMESPACE_PROBES: readonly ProbeDefinition[] = [
  {
    name: "mount",
    group: "namespaces",
    tries: "have the host's kernel mount a file system",
    technique: "mounting over what is masked; bugs of file systems that parse images",
    fix: "Drop CAP_SYS_ADMIN, forbid user namespaces within, and filter mount(2).",
    canary: {
      kind: "held",
      look: ({ processes, nonce }) => {
        const seen = processes.find(({ mounts }) => mounts.includes(`sbx-${nonce}`));
        return seen === undefined ? null : `process ${seen.pid} of the host has the mount`;
      },
    },
  },
  {
    name: "user-namespace",
    group: "namespaces",
    tries: "make a user namespace, and be root with all capabilities in it",
    technique: "the way into CVE-2022-0185, CVE-2023-0386 and most kernel exploits of recent years",
    fix: "Filter unshare and clone with CLONE_NEWUSER, or set sysctl user.max_user_namespaces=0.",
    canary: {
      kind: "held",
      look: ({ processes, userNamespacesBefore }) => {
        const seen = processes.find(
          ({ userNamespace }) => userNamespace !== "" && !userNamespacesBefore.has(userNamespace),
        );
        return seen === undefined ? null : `process ${seen.pid} of the host is in ${seen.userNamespace}`;
      },
    },
  },
  {
    name: "join-host-namespace",
    group: "namespaces",
    tries: "join a namespace of a process of the host",
    technique: "nsenter escape, setns(2)",
    fix: `${OWN_PIDS} Drop CAP_SYS_ADMIN.`,
    canary: { kind: "answer", of: "secret" },
  },
  {
    name: "signal-host-process",
    group: "namespaces",
    tries: "signal a process of the host",
    technique: "MITRE ATT&CK T1489 (service stop)",
    fix: OWN_PIDS,
    canary: { kind: "signal" },
  },
  {
    name: "read-host-process",
    group: "namespaces",
    tries: "read the environment of a process of the host",
    technique: "MITRE ATT&CK T1552.007, secrets out of /proc/PID/environ",
    fix: OWN_PIDS,
    canary: { kind: "answer", of: "secret" },
  },
  {
    name: "trace-host-process",
    group: "namespaces",
    tries: "trace a process of the host",
    technique: "MITRE ATT&CK T1055.008 (ptrace injection)",
    fix: `${OWN_PIDS} Drop CAP_SYS_PTRACE, and filter ptrace(2).`,
    canary: {
      kind: "held",
      look: ({ sentinelTracer }) =>
        sentinelTracer === 0 ? null : `process ${sentinelTracer} of the host traces the sentinel`,
    },
  },
  {
    name: "host-abstract-socket",
    group: "namespaces",
    tries: "connect to an abstract Unix socket of the host",
    technique: "CVE-2020-15257 (containerd-shim's abstract socket)",
    fix: "Give the sandbox a network namespace of its own.",
    canary: { kind: "arrival", at: "abstract" },
  },
  {
    name: "host-shared-memory",
    group: "namespaces",
    tries: "read shared memory (System V) of the host",
    technique: "shared hostIPC",
    fix: "Give the sandbox an IPC namespace of its own.",
    canary: { kind: "answer", of: "secret" },
  },
  {
    name: "host-keyring",
    group: "namespaces",
    tries: "read a key of the same user's on the host",
    technique: "kernel keyrings are no namespace: keys of a user are seen in all of the user's containers",
    fix: "Run as a user of its own, or in a user namespace; filter keyctl, add_key and request_key.",
    canary: { kind: "answer", of: "secret" },
  },
];
