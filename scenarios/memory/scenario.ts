import { defineScenario } from "sbx-bench";

export default defineScenario({
  name: "memory",
  description: "Memory taken, touched and collected, and what the host pays for it.",
  params: {
    /** Time for each operation. */
    opMs: 100,
    /** Memory touched between the marks `start` and `touched`. */
    touchMiB: 64,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: {
    quick: { opMs: 20, touchMiB: 32 },
    model: { opMs: 20, touchMiB: 32 },
    full: { opMs: 300 },
    article: { opMs: 1, touchMiB: 1, ops: ["rss"] },
  },
  metrics: [
    {
      metric: "allocate-touch",
      title: "take 2 MiB from Go's heap and touch it, per page",
      unit: "ns",
      better: "lower",
      group: "memory",
    },
    {
      metric: "gc-heavy",
      title: "build a tree of 511 nodes that is garbage at once",
      unit: "ns",
      better: "lower",
      group: "memory",
    },
    {
      metric: "rss",
      title: "resident memory, as the program sees it",
      unit: "bytes",
      better: "lower",
      group: "memory",
    },
  ],
  host: { memoryMarks: ["start", "touched"] },
});
