import { compareConfigurations, configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { isGVisor } from "../../../axes/sandbox.ts";
import { cellId } from "../../../plan/cell.ts";
import type { CellSummary, MetricSummary, Summary } from "../../../stats/summaries/summary-types.ts";

/** The summary with look-ups, so that the parts of the view do not each search it. */
export type SummaryIndex = {
  summary: Summary;
  /**
   * Every configuration that charts and tables show, in display order. Of several runscs that is the newest one that
   * was measured, and of variants of its flags the one without any: the others are held against these elsewhere.
   */
  configurations: Configuration[];
  scenarios: string[];
  cell(config: Configuration, scenario: string): CellSummary | null;
  metric(config: Configuration, scenario: string, metric: string): MetricSummary | null;
  /** The baseline's configuration; `null` when it is not part of the run. */
  baseline: Configuration | null;
  /** Each metric once, with the cell it was first seen in, in scenario order. */
  metrics: { scenario: string; metric: MetricSummary }[];
};

export function indexSummary(summary: Summary): SummaryIndex {
  const cells = new Map(summary.cells.map((cell) => [cell.cell, cell]));
  const configurations = new Map<string, Configuration>();
  const metrics = new Map<string, { scenario: string; metric: MetricSummary }>();
  for (const cell of summary.cells) {
    const { runscVersion: _version, ...config } = cell.config;
    configurations.set(configurationId(config), config);
    for (const metric of cell.metrics) {
      const key = metricKey(cell.scenario, metric.metric);
      if (!metrics.has(key)) metrics.set(key, { scenario: cell.scenario, metric });
    }
  }
  const cellOf = (config: Configuration, scenario: string) => cells.get(cellId(config, scenario)) ?? null;
  return {
    summary,
    configurations: [...configurations.values()].filter(shownOf(summary)).toSorted(compareConfigurations),
    scenarios: [...new Set(summary.cells.map((cell) => cell.scenario))],
    cell: cellOf,
    metric: (config, scenario, metric) =>
      cellOf(config, scenario)?.metrics.find((candidate) => candidate.metric === metric) ?? null,
    baseline: configurations.get(summary.baseline) ?? null,
    metrics: [...metrics.values()],
  };
}

/** The runsc that charts show: the last named that was measured; undefined where the run names none. */
function shownRunsc({ cells }: Summary): string | undefined {
  const named = cells.filter(({ config }) => config.runsc !== undefined);
  return (named.findLast(({ metrics }) => metrics.length > 0) ?? named.at(-1))?.config.runsc;
}

function shownOf(summary: Summary): (config: Configuration) => boolean {
  const runsc = shownRunsc(summary);
  return (config) => !isGVisor(config) || (config.runsc === runsc && config.flags === undefined);
}

/** `syscalls::getpid` */
export function metricKey(scenario: string, metric: string): string {
  return `${scenario}::${metric}`;
}

/** Why a cell has no number, in a few words. */
export function missingReason(cell: CellSummary | null, metric: string): string {
  if (cell === null) return "not in this run";
  if (cell.status !== "measured") return `${cell.status}: ${cell.reason ?? "no reason given"}`;
  const skip = cell.skips.find((candidate) => candidate.op === metric);
  return skip === undefined ? "not measured" : skip.reason;
}
