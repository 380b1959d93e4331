/** crun: the same OCI bundle as runc's, by a runtime in C. */
import type { SandboxFacts } from "../sandbox-facts.ts";

export const crun = {
  name: "crun",
  kind: "sandbox",
  presets: "full",
  layers: { kernel: false, namespaces: true },
  isGVisor: false,
  ociRuntime: true,
  evaluator: "kernel",
  filter: {
    dialect: "oci",
    by: "crun",
    flags: ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"],
  },
  platforms: [],
  runsLike: "runc",
  startupMs: 30,
  floor: { pids: 6, memoryMiB: 2, needs: "crun and a Go program" },
  tool: {
    name: "crun",
    ask: ["--version"],
    pick: /version (\S+)/,
    fix: "Run `sbx-bench setup`, or: apt-get install crun",
    missing: { severity: "note", loss: "no cell with crun can run" },
    fingerprint: "where measured",
  },
  trial: { shows: "runs an OCI bundle", severity: "note" },
  colours: [{ light: "#0e7c86", dark: "#5fd4de" }],
  need: "crun",
  leaving: [],
  entering: [],
  runtimeNote:
    "crun takes runc's place without a flag: \"runtimes\" in /etc/docker/daemon.json, BinaryName of containerd's io.containerd.runc.v2",
} as const satisfies SandboxFacts;
