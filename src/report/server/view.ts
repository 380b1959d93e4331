/** What a run says of each server that it drove, configuration by configuration and rate by rate. */
import { configurationId } from "../../axes/axes.ts";
import type { Configuration } from "../../axes/configuration.ts";
import { sandboxLabel } from "../../axes/sandbox.ts";
import type { MetricMeta } from "../../samples/metric-meta.ts";
import { atRate, CAPACITY, FIRST_ANSWER, ratesOf } from "../../workload/load/metrics.ts";
import type { Estimate, Ratio } from "../kit/figure.ts";
import { toEstimate, toRatio } from "../kit/format.ts";
import { rowLabel } from "../run/view/host-costs.ts";
import type { RunData } from "../run/view/run-data.ts";
import { missingReason, type SummaryIndex } from "../run/view/summary-index.ts";

/** At one rate. `null` where there is no figure; `missing` says why there is none at all. */
export type RateRow = {
  /** Requests a second. */
  rate: number;
  p50: Estimate | null;
  p90: Estimate | null;
  p99: Estimate | null;
  p999: Estimate | null;
  throughput: Estimate | null;
  failed: Estimate | null;
  cpu: Estimate | null;
  /** CPU time a request as times native, paired by round. */
  cpuRatio: Ratio | null;
  missing: string | null;
};

export type ServerRow = {
  /** `runsc systrap · sandbox`: sandbox, network, filter. */
  label: string;
  sandbox: string;
  configuration: string;
  firstAnswer: Estimate | null;
  capacity: Estimate | null;
  /** Why no rate was found that holds. */
  capacityMissing: string | null;
  memory: Estimate | null;
  rates: RateRow[];
  /** Why the cell has no figure at all; `null` where it has. */
  missing: string | null;
};

export type ServerView = {
  /** As in cell ids. */
  name: string;
  /** `highest rate with every request answered and p99 within 20 ms` */
  capacityTitle: string;
  rates: number[];
  /** The baseline first; without cells that nobody asked for. */
  rows: ServerRow[];
};

/** PSS, as everywhere; natively there is no cgroup. */
const MEMORY = "pss@load";

/** One a server; empty of a run without. */
export function serverViews({ index, manifest }: RunData): ServerView[] {
  return index.scenarios.flatMap((name) => {
    const declared = manifest.metrics[name] ?? [];
    const capacity = declared.find(({ metric }) => metric === CAPACITY);
    const isServer = declared.some(({ metric }) => metric === FIRST_ANSWER);
    if (!isServer || capacity === undefined) return [];
    return [serverView(index, name, capacity, ratesOf(declared))];
  });
}

/** Servers have tables and a chart of their own; in those of the others a row a rate would crowd out everything else. */
export function withoutServers(run: RunData, servers: readonly ServerView[]): RunData {
  if (servers.length === 0) return run;
  const isOther = (scenario: string) => servers.every(({ name }) => name !== scenario);
  const { index } = run;
  return {
    ...run,
    index: {
      ...index,
      scenarios: index.scenarios.filter(isOther),
      metrics: index.metrics.filter(({ scenario }) => isOther(scenario)),
    },
  };
}

function serverView(index: SummaryIndex, name: string, capacity: MetricMeta, rates: number[]): ServerView {
  const rows = index.configurations.flatMap((config) => {
    const status = index.cell(config, name)?.status;
    return status === "measured" || status === "failed" ? [serverRow(index, config, name, rates)] : [];
  });
  return { name, capacityTitle: capacity.title, rates, rows };
}

function serverRow(
  index: SummaryIndex,
  config: Configuration,
  name: string,
  rates: readonly number[],
): ServerRow {
  const cell = index.cell(config, name);
  const estimate = (metric: string): Estimate | null => {
    const found = index.metric(config, name, metric);
    return found === null ? null : toEstimate(found);
  };
  const capacity = estimate(CAPACITY);
  return {
    label: rowLabel(config),
    sandbox: sandboxLabel(config),
    configuration: configurationId(config),
    firstAnswer: estimate(FIRST_ANSWER),
    capacity,
    capacityMissing: capacity === null ? missingReason(cell, CAPACITY) : null,
    memory: estimate(MEMORY),
    rates: rates.map((rate) => {
      const throughput = estimate(atRate("throughput", rate));
      return {
        rate,
        p50: estimate(atRate("latency", rate)),
        p90: estimate(atRate("p90", rate)),
        p99: estimate(atRate("p99", rate)),
        p999: estimate(atRate("p99.9", rate)),
        throughput,
        failed: estimate(atRate("failed", rate)),
        cpu: estimate(atRate("cpu", rate)),
        cpuRatio: toRatio(index.metric(config, name, atRate("cpu", rate))?.overhead ?? null),
        missing: throughput === null ? missingReason(cell, atRate("throughput", rate)) : null,
      };
    }),
    missing: cell?.status === "failed" ? `failed: ${cell.reason ?? "no reason given"}` : null,
  };
}
