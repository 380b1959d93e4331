/** One run's values in the formats of other tools. */
import { SbxError } from "../../base/errors.ts";
import type { JudgedSummary } from "../../check/judged-summary.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import { bencherMetricFormat } from "./bmf.ts";
import { summaryCsv } from "./csv.ts";
import { benchmarkActionJson } from "./gab.ts";
import { goBenchText } from "./gobench.ts";
import { openMetricsText } from "./openmetrics.ts";

/**
 * - `gobench`: Go benchmark text, a line a launch, for benchstat
 * - `bmf`: Bencher Metric Format
 * - `gab`, `gab-bigger`: github-action-benchmark's customSmallerIsBetter and customBiggerIsBetter; each has the
 *   metrics that go its way
 * - `openmetrics`: OpenMetrics 1.0 text
 * - `csv`: a record a metric, and one for each cell without figures, with the reason
 */
export const EXPORT_FORMATS = ["gobench", "bmf", "gab", "gab-bigger", "openmetrics", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * @returns the whole text, ending in a newline
 * @throws SbxError (exit code 2) for a run on an emulated processor: its figures must not reach a dashboard
 */
export function renderExport(
  summary: JudgedSummary,
  launches: readonly LaunchRecord[],
  format: ExportFormat,
): string {
  if (summary.emulated) {
    throw new SbxError({
      what: `Run ${summary.runId} has no figures to export`,
      why: "Its processor was emulated: the launches show that the sandboxes work, and say nothing about performance.",
      fix: "Measure on real hardware, or read the run with `sbx-bench report`.",
    });
  }
  switch (format) {
    case "gobench":
      return goBenchText(summary, launches);
    case "bmf":
      return bencherMetricFormat(summary);
    case "gab":
      return benchmarkActionJson(summary, "lower");
    case "gab-bigger":
      return benchmarkActionJson(summary, "higher");
    case "openmetrics":
      return openMetricsText(summary);
    case "csv":
      return summaryCsv(summary);
  }
}
