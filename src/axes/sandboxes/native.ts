/** native: plain exec on the host, the baseline. */
import type { SandboxFacts } from "../sandbox-facts.ts";

export const native = {
  name: "native",
  kind: "baseline",
  presets: "every",
  layers: { kernel: false, namespaces: false },
  isGVisor: false,
  evaluator: null,
  filter: null,
  senseless({ network, seccomp }) {
    if (network !== "host") return "native runs on the host, so it has only the host's network";
    return seccomp === "none" ? null : "native is the baseline and runs without a filter";
  },
  platforms: [],
  startupMs: 6,
  floor: null,
  tool: null,
  trial: null,
  colours: [{ light: "#6b7280", dark: "#aab2bd" }],
  need: null,
  leaving: [],
  entering: [
    {
      kind: "security",
      text: "no namespaces: it sees the host's files and processes",
      source: "namespaces(7)",
    },
  ],
  runtimeNote: null,
} as const satisfies SandboxFacts;
