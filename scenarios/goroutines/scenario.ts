import { defineScenario, type ScenarioDefinition } from "../../src/index.ts";

type Metric = ScenarioDefinition["metrics"][number];

const WORKERS = [10, 100, 1000];

const counters = Object.entries({ atomic: "atomic", mutex: "mutex", channel: "channel" }).flatMap(
  ([kind, title]) =>
    WORKERS.map(
      (workers): Metric => ({
        metric: `${kind}-${workers}`,
        title: `${title} counter, ${workers} goroutines, per increment`,
        unit: "ns",
        better: "lower",
        group: "counters",
      }),
    ),
);

const lostUpdates = WORKERS.map(
  (workers): Metric => ({
    metric: `lost-updates-${workers}`,
    title: `updates lost of 3,000,000 without synchronisation, ${workers} goroutines`,
    unit: "count",
    better: "lower",
    group: "lost updates",
  }),
);

export default defineScenario({
  name: "goroutines",
  description:
    "Counters shared by many goroutines, with their final values checked, and what Go's scheduler and collector delay.",
  params: {
    /** Time for each operation. */
    opMs: 100,
    /** Increments of a counter in one batch, shared out among its goroutines. */
    increments: 50_000,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: { quick: { opMs: 5, increments: 10_000 }, full: { opMs: 300 } },
  metrics: [
    ...counters,
    ...lostUpdates,
    {
      metric: "wakeup-latency",
      title: "from a send to the receiver on a sleeping thread",
      unit: "ns",
      better: "lower",
      group: "scheduler",
    },
    {
      metric: "preempt-latency",
      title: "until a goroutine runs while another one spins on the only processor",
      unit: "ns",
      better: "lower",
      group: "scheduler",
    },
    {
      metric: "gc-pause",
      title: "pause of one garbage collection",
      unit: "ns",
      better: "lower",
      group: "scheduler",
    },
  ],
});
