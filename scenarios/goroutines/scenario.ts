import { defineScenario, type ScenarioDefinition } from "sbx-bench";

type Metric = ScenarioDefinition["metrics"][number];

const WORKERS = [10, 100, 1000];

const counters = Object.entries({
  atomic: "atomic",
  mutex: "mutex",
  channel: "channel",
  unsynchronised: "unsynchronised",
}).flatMap(([kind, title]) =>
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

const wrongResults = [10, 100].map(
  (workers): Metric => ({
    metric: `wrong-results-${workers}`,
    title: `of 20 unsynchronised counters, ended wrong, ${workers} goroutines`,
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
    /** Increments of each goroutine instead; 0 = `increments` shared out. */
    each: 0,
    /** Operations to run; empty = all. */
    ops: [],
  },
  presets: {
    quick: { opMs: 5, increments: 10_000 },
    full: { opMs: 300 },
    article: {
      opMs: 15,
      each: 1000,
      ops: [
        ...["atomic-10", "atomic-100", "unsynchronised-10", "unsynchronised-100"],
        ...["lost-updates-10", "lost-updates-100", "wrong-results-10", "wrong-results-100", "torn-reads"],
      ],
    },
  },
  metrics: [
    ...counters,
    ...lostUpdates,
    ...wrongResults,
    {
      metric: "torn-reads",
      title: "of 500,000 reads of a word that another goroutine overwrites, saw half of a write",
      unit: "count",
      better: "lower",
      group: "lost updates",
    },
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
