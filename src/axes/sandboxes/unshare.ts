/** unshare: namespaces by unshare(1), everything else by this tool's launcher. */
import { LAUNCHER, type SandboxFacts } from "../sandbox-facts.ts";

export const unshare = {
  name: "unshare",
  kind: "sandbox",
  presets: "every",
  layers: { kernel: false, namespaces: true },
  isGVisor: false,
  evaluator: "kernel",
  filter: {
    dialect: "oci",
    by: LAUNCHER,
    // Those that it hands to the kernel, and TSYNC, which has nothing to do there.
    flags: ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"],
  },
  platforms: [],
  startupMs: 27,
  floor: { pids: 6, memoryMiB: 2, needs: "unshare, this tool's launcher and a Go program" },
  tool: {
    name: "unshare",
    ask: ["--version"],
    pick: /([\d.]+)\s*$/,
    fix: "Run `sbx-bench setup`, or: apt-get install util-linux",
    missing: { severity: "problem", loss: "only native can run" },
    versionedAs: "util-linux",
    fingerprint: "never",
  },
  trial: { shows: "mount, pid, ipc, uts and net namespaces", severity: "problem" },
  colours: [{ light: "#0072b2", dark: "#56b4e9" }],
  need: "sbx-bench's launcher, or your own code around unshare(1)",
  leaving: [],
  entering: [],
  runtimeNote: null,
} as const satisfies SandboxFacts;
