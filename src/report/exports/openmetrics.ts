/**
 * OpenMetrics 1.0 text: gauges in base units. Prometheus' older text format reads it as well, so that a textfile
 * collector or a push gateway takes it: hence no timestamps, and no type but gauge.
 * Source: github.com/prometheus/OpenMetrics, specification/OpenMetrics.md
 */

import { axisValues } from "../../axes/axes.ts";
import { visibleText } from "../../base/visible-text.ts";
import type { Unit } from "../../samples/launch-record.ts";
import type { CellSummary, MetricSummary, Summary } from "../../stats/summaries/summary-types.ts";

const UNITS: Record<Unit, { unit: string; per: number }> = {
  ns: { unit: "seconds", per: 1e9 },
  bytes: { unit: "bytes", per: 1 },
  "bytes/s": { unit: "bytes_per_second", per: 1 },
  "1/s": { unit: "operations_per_second", per: 1 },
  count: { unit: "events", per: 1 },
};

const FIGURES = [
  { name: "median", help: "Median over launches", of: (m: MetricSummary) => m.median },
  { name: "ci_low", help: "Lower end of the 95 % interval of the median", of: (m: MetricSummary) => m.ciLow },
  {
    name: "ci_high",
    help: "Upper end of the 95 % interval of the median",
    of: (m: MetricSummary) => m.ciHigh,
  },
  {
    name: "p99",
    help: "99th percentile of a launch's single calls, median over launches",
    of: (m: MetricSummary) => m.p99,
  },
  {
    name: "p99_ci_low",
    help: "Lower end of the 95 % interval of p99",
    of: (m: MetricSummary) => m.quantiles.p99?.ciLow,
  },
  {
    name: "p99_ci_high",
    help: "Upper end of the 95 % interval of p99",
    of: (m: MetricSummary) => m.quantiles.p99?.ciHigh,
  },
] as const;

type Sample = { labels: Record<string, string>; value: number };

export function openMetricsText(summary: Summary): string {
  const all = summary.cells.flatMap((cell) => cell.metrics.map((metric) => ({ cell, metric })));
  const figures = Object.entries(UNITS).flatMap(([unit, { unit: name, per }]) =>
    FIGURES.flatMap((figure) =>
      family({
        name: `sbx_bench_${figure.name}_${name}`,
        unit: name,
        help: `${figure.help}.`,
        samples: all
          .filter(({ metric }) => metric.unit === unit)
          .flatMap(({ cell, metric }) => sample(labels(cell, metric), figure.of(metric), per)),
      }),
    ),
  );
  const ratios = family({
    name: "sbx_bench_overhead_ratio",
    unit: "ratio",
    help: "Cost relative to the baseline configuration, paired by round; above 1 costs more.",
    samples: all.flatMap(({ cell, metric }) =>
      sample(
        { ...labels(cell, metric), baseline: metric.overhead?.baseline ?? "" },
        metric.overhead?.ratio,
        1,
      ),
    ),
  });
  const agreements = family({
    name: "sbx_bench_overhead_values_agree",
    unit: null,
    help: "1 where the two medians divide to the overhead ratio; 0 where launches differ too much: trust the ratio.",
    samples: all.flatMap(({ cell, metric }) =>
      sample(labels(cell, metric), metric.overhead && Number(metric.overhead.values.agree), 1),
    ),
  });
  const launches = family({
    name: "sbx_bench_launches",
    unit: null,
    help: "Finished launches of the cell; 0 where it has no figures.",
    samples: summary.cells.map((cell) => ({
      labels: { ...cellLabels(cell), status: cell.status },
      value: cell.launches,
    })),
  });
  return [...runInfo(summary), ...launches, ...figures, ...ratios, ...agreements, "# EOF", ""].join("\n");
}

function runInfo({ runId, host, toolVersion, startedAt, versions }: Summary): string[] {
  const facts = { run: runId, started: startedAt, fingerprint: host.fingerprint, sbx_bench: toolVersion };
  const tools = Object.entries(versions).map(([name, version]) => [
    `version_${name.replaceAll(/[^A-Za-z0-9_]/g, "_")}`,
    version,
  ]);
  return family({
    name: "sbx_bench_run",
    unit: null,
    help: "The run that these figures come from; always 1.",
    samples: [{ labels: { ...facts, ...Object.fromEntries(tools) }, value: 1 }],
  });
}

type Family = { name: string; unit: string | null; help: string; samples: Sample[] };

/** A family stands in one piece, or not at all. */
function family({ name, unit, help, samples }: Family): string[] {
  if (samples.length === 0) return [];
  return [
    `# TYPE ${name} gauge`,
    ...(unit === null ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...samples.map(({ labels: own, value }) => `${name}${labelText(own)} ${value}`),
  ];
}

function sample(own: Record<string, string>, value: number | null | undefined, per: number): Sample[] {
  return value === null || value === undefined ? [] : [{ labels: own, value: value / per }];
}

function labels(cell: CellSummary, { metric }: MetricSummary): Record<string, string> {
  return { ...cellLabels(cell), metric };
}

/** An empty label is the same as none. */
function cellLabels({ scenario, config }: CellSummary): Record<string, string> {
  return { scenario, ...axisValues(config) };
}

function labelText(own: Record<string, string>): string {
  const pairs = Object.entries(own).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${pairs.join(",")}}`;
}

function escaped(text: string): string {
  return visibleText(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
