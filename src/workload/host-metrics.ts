/** Titles of the metrics that the host takes of a launch, beside those that the program prints. */
import type { MetricMeta } from "../samples/metric-meta.ts";
import type { ScenarioDefinition } from "./define-scenario.ts";

const STARTUP: MetricMeta[] = [
  {
    metric: "ready",
    title: "spawn to the program's first line",
    unit: "ns",
    better: "lower",
    group: "start-up",
  },
  { metric: "exit", title: "last line to process reaped", unit: "ns", better: "lower", group: "start-up" },
  {
    metric: "cleanup",
    title: "reaped to nothing left behind",
    unit: "ns",
    better: "lower",
    group: "start-up",
  },
  { metric: "total", title: "spawn to nothing left behind", unit: "ns", better: "lower", group: "start-up" },
];

const CPU: MetricMeta = {
  metric: "launch-cpu",
  title: "CPU time of the whole launch, the sandbox's own included",
  unit: "ns",
  better: "lower",
  group: "time",
};

export function hostMetrics(definition: ScenarioDefinition): MetricMeta[] {
  const marks = definition.host?.memoryMarks ?? [];
  return [
    ...(definition.host?.startup === true ? STARTUP : []),
    ...(definition.host?.cpu === true ? [CPU] : []),
    ...marks.flatMap((mark) => [
      memoryMetric(`pss@${mark}`, `PSS of the whole process tree, at "${mark}"`),
      memoryMetric(`cgroup@${mark}`, `memory charged to the launch's cgroup, at "${mark}"`),
      memoryMetric(
        `cgroup-shmem@${mark}`,
        `shared memory of the launch's cgroup (the Sentry's), at "${mark}"`,
      ),
    ]),
  ];
}

function memoryMetric(metric: string, title: string): MetricMeta {
  return { metric, title, unit: "bytes", better: "lower", group: "memory" };
}
