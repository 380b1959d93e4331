/**
 * Go benchmark text: a line a launch, so that benchstat does its own statistics over launches.
 *
 * Names have `key=value` parts, so that benchstat can lay out any axis: `benchstat -col /sandbox run.txt`.
 * What differs between two runs stands in comments: as a configuration line it would keep benchstat from
 * laying the two side by side.
 * Source: golang.org/design/14313-benchmark-format, golang.org/x/perf/benchfmt.
 */

import { axisValues } from "../../axes/axes.ts";
import { visibleLines } from "../../base/visible-text.ts";
import type { LaunchRecord, Unit } from "../../samples/launch-record.ts";
import { metricSeries } from "../../stats/summaries/metric-series.ts";
import type { CellSummary, MetricSummary, Summary } from "../../stats/summaries/summary-types.ts";

const UNITS: Record<Unit, string> = {
  ns: "ns/op",
  bytes: "B",
  "bytes/s": "B/s",
  "1/s": "op/s",
  count: "count",
};

export function goBenchText(summary: Summary, launches: readonly LaunchRecord[]): string {
  const byCell = Map.groupBy(launches, ({ cell }) => cell);
  const metrics = summary.cells.flatMap((cell) => cell.metrics);
  const lines = [
    ...comments(summary),
    "goos: linux",
    "goarch: amd64",
    "pkg: sbx-bench",
    `cpu: ${oneLine(summary.host.fields["cpu.model"] ?? "unknown")}`,
    ...unitLines(metrics),
    ...summary.cells.flatMap((cell) => cellLines(cell, byCell.get(cell.cell) ?? [])),
  ];
  return `${visibleLines(lines.join("\n"))}\n`;
}

function comments({ runId, startedAt, host, versions }: Summary): string[] {
  const facts = { run: runId, started: startedAt, fingerprint: host.fingerprint, ...versions };
  return Object.entries(facts).map(([name, value]) => `# ${oneLine(`${name}: ${value}`)}`);
}

/** Which way is better, where all metrics of a unit agree; a unit has one answer in this format. */
function unitLines(metrics: readonly MetricSummary[]): string[] {
  return [...Map.groupBy(metrics, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const ways = new Set(own.map(({ better }) => better));
    return ways.size === 1 ? [`Unit ${UNITS[unit]} better=${own[0]!.better}`] : [];
  });
}

function cellLines(cell: CellSummary, launches: readonly LaunchRecord[]): string[] {
  if (cell.metrics.length === 0) return [];
  const latest = new Map(launches.map((launch) => [launch.round, launch]));
  const good = [...latest.values()].filter(({ status }) => status === "ok").sort((a, b) => a.round - b.round);
  const series = metricSeries(good, cell.metrics);
  return cell.metrics.flatMap(({ metric, unit }) => {
    const name = benchmarkName(cell, metric);
    return good.flatMap((launch) => {
      const value = series.get(metric)?.byRound.get(launch.round);
      if (value === undefined) return [];
      const iterations = launch.ops.find(({ op }) => op === metric)?.iterations ?? 1;
      return [`${name} ${Math.max(1, Math.round(iterations))} ${value} ${UNITS[unit]}`];
    });
  });
}

/** `BenchmarkSyscalls/op=getpid/sandbox=runsc/platform=systrap/net=none/seccomp=none` */
function benchmarkName({ scenario, config }: CellSummary, metric: string): string {
  const parts = { op: metric, ...axisValues(config, "id", true) };
  const name = Object.entries(parts).map(([key, value]) => `${key}=${value.replaceAll(/[\s/]+/g, "_")}`);
  const title = `${scenario.charAt(0).toUpperCase()}${scenario.slice(1)}`.replaceAll(/[\s/]+/g, "_");
  // A number after the last dash would be read as GOMAXPROCS.
  return `Benchmark${title}/${name.join("/")}`.replace(/-(\d+)$/, "_$1");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
