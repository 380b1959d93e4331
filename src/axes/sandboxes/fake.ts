/** fake: starts nothing and invents its figures, for tests of the pipeline. */
import type { SandboxFacts } from "../sandbox-facts.ts";

export const fake = {
  name: "fake",
  kind: "synthetic",
  presets: "none",
  layers: { kernel: false, namespaces: false },
  isGVisor: false,
  evaluator: "kernel",
  filter: null,
  platforms: [],
  startupMs: 0.1,
  floor: null,
  tool: null,
  trial: null,
  colours: [{ light: "#444444", dark: "#dddddd" }],
  need: "fake",
  leaving: [],
  entering: [],
  runtimeNote: null,
} as const satisfies SandboxFacts;
