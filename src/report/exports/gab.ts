/**
 * github-action-benchmark's own JSON. Its tools take one direction each, `customSmallerIsBetter` or
 * `customBiggerIsBetter`, so a run makes two files.
 * Source: README of benchmark-action/github-action-benchmark, "Use with other tools".
 */
import { visibleJson, visibleValues } from "../../base/visible-text.ts";
import type { JudgedSummary } from "../../check/judged-summary.ts";
import { formatEstimate, toEstimate } from "../kit/format.ts";

export function benchmarkActionJson(summary: JudgedSummary, better: "lower" | "higher"): string {
  const entries = summary.cells.flatMap(({ cell, metrics }) =>
    metrics
      .filter((metric) => metric.better === better)
      .map((metric) => {
        const { median, ciLow, ciHigh, unit } = metric;
        const range = ciLow === null || ciHigh === null ? {} : { range: halfWidth(median, ciLow, ciHigh) };
        return {
          name: `${cell}::${metric.metric}`,
          unit,
          value: median,
          ...range,
          extra: `${metric.title}\n${formatEstimate(toEstimate(metric))}\nrun ${summary.runId}, host ${summary.host.fingerprint}`,
        };
      }),
  );
  // Its tool shows the names in comments on GitHub.
  return `${visibleJson(visibleValues(entries))}\n`;
}

/** `± 12.3`: the farther end of the interval, which need not be symmetric. */
function halfWidth(median: number, low: number, high: number): string {
  return `± ${Number(Math.max(median - low, high - median).toPrecision(3))}`;
}
