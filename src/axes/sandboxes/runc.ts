/** runc: the OCI bundle under the kernel's own namespaces and filter. */
import type { SandboxFacts } from "../sandbox-facts.ts";

export const runc = {
  name: "runc",
  kind: "sandbox",
  presets: "every",
  layers: { kernel: false, namespaces: true },
  isGVisor: false,
  ociRuntime: true,
  evaluator: "kernel",
  filter: { dialect: "runc" },
  // It closes its files last, as /proc/self/fd lists them.
  callsUnderFilter: ["execve", "fstatfs", "getdents64"],
  platforms: [],
  startupMs: 46,
  floor: { pids: 13, memoryMiB: 5, needs: "runc and its init beside the program" },
  tool: {
    name: "runc",
    ask: ["--version"],
    pick: /version (\S+)/,
    fix: "Run `sbx-bench setup`, or: apt-get install runc",
    missing: { severity: "warning", loss: "no cell with runc can run" },
    fingerprint: "always",
  },
  trial: { shows: "runs an OCI bundle", severity: "warning" },
  colours: [{ light: "#00805c", dark: "#2fc79a" }],
  need: "runc",
  leaving: [],
  entering: [],
  runtimeNote: "runc is what Docker and containerd run by default: no flag is needed",
} as const satisfies SandboxFacts;
