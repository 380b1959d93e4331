import scenario from "../../../scenarios/server/scenario.ts";
import type { Configuration } from "../../../src/axes/configuration.ts";
import { cellId } from "../../../src/plan/cell.ts";
import type { RunData } from "../../../src/report/run/view/run-data.ts";
import { indexSummary } from "../../../src/report/run/view/summary-index.ts";
import { type ServerView, serverViews } from "../../../src/report/server/view.ts";
import type { CellSummary, MetricSummary, Summary } from "../../../src/stats/summaries/summary-types.ts";
import { loadMetrics } from "../../../src/workload/load/metrics.ts";
import { loadOf } from "../../../src/workload/load/parameters.ts";

const NATIVE: Configuration = { sandbox: "native", platform: null, network: "host", seccomp: "none" };
const RUNSC: Configuration = { sandbox: "runsc", platform: "systrap", network: "sandbox", seccomp: "none" };
const UNSHARE: Configuration = { sandbox: "unshare", platform: null, network: "sandbox", seccomp: "default" };

/** A run of one server: native and runsc measured, runsc full at the second rate, unshare failed. */
export function serverRun(): RunData {
  const declared = loadMetrics(loadOf("api", { ...scenario.params, rates: ["100", "400"] }));
  const figure = (metric: string, median: number): MetricSummary => ({
    ...declared.find((meta) => meta.metric === metric)!,
    launches: 7,
    median,
    ciLow: median * 0.9,
    ciHigh: median * 1.1,
    p50: null,
    p90: null,
    p99: null,
    quantiles: { p50: null, p90: null, p99: null },
    samples: 0,
    modes: [],
    overhead: null,
  });
  const at = (rate: number, factor: number) => [
    figure(`latency@${rate}`, 200_000 * factor),
    figure(`p99@${rate}`, 900_000 * factor),
    figure(`throughput@${rate}`, rate),
    figure(`cpu@${rate}`, 100_000 * factor),
  ];
  const cell = (config: Configuration, more: Partial<CellSummary>): CellSummary => ({
    cell: cellId(config, "api"),
    config: { ...config, runscVersion: null },
    scenario: "api",
    status: "measured",
    reason: null,
    launches: 7,
    failedLaunches: 0,
    disturbedLaunches: 0,
    warnings: [],
    metrics: [],
    checks: [],
    skips: [],
    ...more,
  });
  const summary = {
    baseline: "native/net=host/seccomp=none",
    cells: [
      cell(NATIVE, {
        metrics: [figure("first-answer", 20e6), figure("capacity", 3000), ...at(100, 1), ...at(400, 1)],
      }),
      cell(RUNSC, {
        metrics: [figure("first-answer", 300e6), ...at(100, 5)],
        skips: [
          { op: "capacity", reason: "no rate held" },
          { op: "throughput@400", reason: "the server was full at 100 requests/s" },
        ],
      }),
      cell(UNSHARE, { status: "failed", reason: "the server speaks <b>TLS</b>" }),
    ],
  } as unknown as Summary;
  return {
    manifest: { metrics: { api: declared } },
    index: indexSummary(summary),
    launchesOf: () => [],
    seriesOf: () => null,
  } as unknown as RunData;
}

export function aServer(): ServerView {
  return serverViews(serverRun())[0]!;
}
