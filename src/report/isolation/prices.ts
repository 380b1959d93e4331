/** What each configuration costs, out of a stored run: beside what it blocks. */
import type { Configuration } from "../../axes/configuration.ts";
import type { MetricSummary, Summary } from "../../stats/summaries/summary-types.ts";
import type { Estimate } from "../kit/figure.ts";
import { toEstimate } from "../kit/format.ts";
import { keyMetrics } from "../run/view/key-metrics.ts";
import { indexSummary } from "../run/view/summary-index.ts";

export const PRICE_ROLES = ["startup", "syscall", "memory"] as const;
export type PriceRole = (typeof PRICE_ROLES)[number];
export type Prices = { runId: string; of(config: Configuration): Partial<Record<PriceRole, Estimate>> };

export function pricesOf(summary: Summary): Prices {
  const index = indexSummary(summary);
  const keys = keyMetrics(index);
  return {
    runId: summary.runId,
    of: (config) =>
      Object.fromEntries(
        PRICE_ROLES.flatMap((role) => {
          const key = keys.find((candidate) => candidate.role === role);
          const found: MetricSummary | null =
            key === undefined ? null : index.metric(config, key.scenario, key.metric.metric);
          return found === null ? [] : [[role, toEstimate(found)]];
        }),
      ),
  };
}
