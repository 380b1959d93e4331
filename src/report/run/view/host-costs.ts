/** Start-up, phase by phase, and memory: what the host pays a sandbox. */

import { configurationId } from "../../../axes/axes.ts";
import type { Configuration } from "../../../axes/configuration.ts";
import { isBaseline, sandboxLabel } from "../../../axes/sandbox.ts";
import type { MetricSummary } from "../../../stats/summaries/summary-types.ts";
import { seccompLabel } from "../../kit/configurations.ts";
import { toEstimate } from "../../kit/format.ts";
import type { MemoryRow, StartupRow } from "./report-view.ts";
import type { SummaryIndex } from "./summary-index.ts";

/** Host metrics in order of time; the program's own work between `ready` and `exit` is not start-up. */
const PHASES = ["ready", "exit", "cleanup"];
const TOTAL = "total";

/** Every configuration whose phases were measured. */
export function startup(index: SummaryIndex): StartupRow[] {
  const scenario = scenarioWith(index, (metric) => metric.metric === "ready");
  if (scenario === null) return [];
  return index.configurations.flatMap((config) => {
    const phases = PHASES.flatMap((phase) => {
      const metric = index.metric(config, scenario, phase);
      return metric === null ? [] : [{ phase: metric.title, estimate: toEstimate(metric) }];
    });
    if (phases.length === 0) return [];
    const total = index.metric(config, scenario, TOTAL);
    return [
      {
        label: rowLabel(config),
        configuration: configurationId(config),
        network: config.network,
        phases,
        total: total === null ? null : toEstimate(total),
      },
    ];
  });
}

/** Every metric in bytes of the scenario that marks memory, where no filter is in the way. */
export function memory(index: SummaryIndex): MemoryRow[] {
  const isMemory = (metric: MetricSummary) => metric.unit === "bytes" && metric.group === "memory";
  const scenario = scenarioWith(index, isMemory);
  if (scenario === null) return [];
  const network = index.configurations.find(
    (config) => config.network === "none" && index.cell(config, scenario)?.metrics.some(isMemory),
  )?.network;
  return index.configurations
    .filter((config) => config.seccomp === "none")
    .filter((config) => isBaseline(config) || network === undefined || config.network === network)
    .flatMap((config) =>
      (index.cell(config, scenario)?.metrics ?? []).filter(isMemory).map((metric) => ({
        label: network === undefined ? rowLabel(config) : sandboxLabel(config),
        configuration: configurationId(config),
        metric: metric.metric,
        title: metric.title,
        estimate: toEstimate(metric),
      })),
    );
}

/** `runsc systrap · sandbox · generated`: sandbox, network, filter. */
export function rowLabel(config: Configuration): string {
  if (isBaseline(config)) return config.sandbox;
  const filter = config.seccomp === "none" ? [] : [seccompLabel(config.seccomp)];
  return [sandboxLabel(config), config.network, ...filter].join(" · ");
}

function scenarioWith(index: SummaryIndex, has: (metric: MetricSummary) => boolean): string | null {
  const canonical = index.metrics.find(
    ({ scenario, metric }) => /start|memory/.test(scenario) && has(metric),
  );
  return (canonical ?? index.metrics.find(({ metric }) => has(metric)))?.scenario ?? null;
}
