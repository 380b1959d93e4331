/**
 * Bencher Metric Format: benchmark -> measure -> value with its bounds. `latency` (ns) and `throughput` (1/s) are
 * Bencher's own measures; it makes the others when it first sees them.
 * Source: bencher.dev/docs/reference/bencher-metric-format
 */
import { visibleJson } from "../../base/visible-text.ts";

import type { JudgedSummary } from "../../check/judged-summary.ts";
import type { Unit } from "../../samples/launch-record.ts";

const MEASURES: Record<Unit, string> = {
  ns: "latency",
  "1/s": "throughput",
  bytes: "memory-bytes",
  "bytes/s": "bytes-per-second",
  count: "count",
};

type Metric = { value: number; lower_value?: number; upper_value?: number };

export function bencherMetricFormat(summary: JudgedSummary): string {
  const benchmarks: Record<string, Record<string, Metric>> = {};
  for (const { cell, metrics } of summary.cells) {
    for (const { metric, unit, median, ciLow, ciHigh } of metrics) {
      benchmarks[`${cell}::${metric}`] = {
        [MEASURES[unit]]: {
          value: median,
          ...(ciLow === null ? {} : { lower_value: ciLow }),
          ...(ciHigh === null ? {} : { upper_value: ciHigh }),
        },
      };
    }
  }
  return `${visibleJson(benchmarks)}\n`;
}
