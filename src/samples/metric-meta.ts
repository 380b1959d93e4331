import type { Unit } from "./launch-record.ts";

/** What a reader must know of a metric to read its number. */
export type MetricMeta = {
  /** Stable id within the scenario: `getpid`, `tcp-rr`, `ready`. */
  metric: string;
  /** For people: "getpid(2), Go's own path". */
  title: string;
  unit: Unit;
  /** Whether more of it is good (throughput) or bad (time, memory). */
  better: "lower" | "higher";
  /** Heading it belongs under in a report: "system calls", "start-up", "memory" ... */
  group: string;
};
