/** runsc: the OCI bundle under gVisor's own kernel. */
import type { SandboxFacts } from "../sandbox-facts.ts";

export const runsc = {
  name: "runsc",
  kind: "sandbox",
  presets: "every",
  layers: { kernel: true, namespaces: true },
  isGVisor: true,
  ociRuntime: true,
  evaluator: "Sentry",
  filter: { dialect: "gVisor" },
  // The Sentry loads program and filter itself.
  callsUnderFilter: [],
  platforms: ["systrap", "ptrace", "kvm"],
  startupMs: 130,
  floor: { pids: 25, memoryMiB: 17, needs: "the Sentry and the gofer beside the program" },
  tool: {
    name: "runsc",
    ask: ["--version"],
    pick: /version (\S+)/,
    fix: "Run `sbx-bench setup`: it builds the pinned runsc.",
    missing: { severity: "problem", loss: "no cell with runsc can run" },
    fingerprint: "always",
  },
  // Its platforms are tried one by one.
  trial: null,
  colours: [
    { light: "#c44e00", dark: "#ff8a3d" },
    { light: "#a8447f", dark: "#e08fc0" },
    { light: "#8a6d00", dark: "#e6c34a" },
  ],
  need: "runsc",
  leaving: [
    {
      kind: "security",
      text: "the host kernel's whole interface is open to the program, but for its filter: a bug in it is a way out",
      source: "gvisor.dev/docs/architecture_guide/security",
    },
  ],
  entering: [],
  runtimeNote: null,
} as const satisfies SandboxFacts;
