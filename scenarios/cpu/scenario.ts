import { defineScenario } from "sbx-bench";

export default defineScenario({
  name: "cpu",
  description: "Pure computation: a sandbox should cost it nothing, and one that does is a finding.",
  params: {
    /** Time for each operation. */
    opMs: 50,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: { quick: { opMs: 15 }, model: { opMs: 15 }, full: { opMs: 150 } },
  metrics: [
    { metric: "sha256", title: "SHA-256 of 16 KiB", unit: "ns", better: "lower", group: "computation" },
    {
      metric: "json",
      title: "encode and decode 20 records as JSON",
      unit: "ns",
      better: "lower",
      group: "computation",
    },
    { metric: "sort", title: "sort 2,000 numbers", unit: "ns", better: "lower", group: "computation" },
  ],
});
