/** Titles of what a driven server is measured by. Pure. */
import type { MetricMeta } from "../../samples/metric-meta.ts";
import type { Load } from "./parameters.ts";

/** Spawn of the sandbox to the first good answer, ns. */
export const FIRST_ANSWER = "first-answer";
/** Highest rate found that keeps the p99, requests a second. */
export const CAPACITY = "capacity";

/** Below so many requests a quantile is one of the largest few values, by luck. */
export const QUANTILES = [
  { key: "p90", least: 50 },
  { key: "p99", least: 300 },
  { key: "p99.9", least: 3000 },
] as const;

/** `p99@2000` */
export function atRate(metric: string, rate: number): string {
  return `${metric}@${rate}`;
}

/** Rates that metrics of a server stand for, ascending. */
export function ratesOf(metrics: readonly Pick<MetricMeta, "metric">[]): number[] {
  return metrics
    .flatMap(({ metric }) => /^throughput@(.+)$/.exec(metric)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

export function loadMetrics(load: Load): MetricMeta[] {
  const ns = { unit: "ns", better: "lower" } as const;
  const limit = `${load.p99LimitMs} ms`;
  return [
    { metric: FIRST_ANSWER, title: "spawn to the first good answer", ...ns, group: "server" },
    {
      metric: CAPACITY,
      title: `highest rate with every request answered and p99 within ${limit}`,
      unit: "1/s",
      better: "higher",
      group: "server",
    },
    ...load.rates.flatMap((rate): MetricMeta[] => {
      const group = `server, ${rate.toLocaleString("en")} requests/s`;
      return [
        { metric: atRate("latency", rate), title: "latency, median", ...ns, group },
        ...QUANTILES.map(({ key }) => ({
          metric: atRate(key, rate),
          title: `latency, ${key}`,
          ...ns,
          group,
        })),
        { metric: atRate("throughput", rate), title: "good answers", unit: "1/s", better: "higher", group },
        {
          metric: atRate("failed", rate),
          title: "requests without a good answer",
          unit: "count",
          better: "lower",
          group,
        },
        { metric: atRate("cpu", rate), title: "CPU time a request, sandbox included", ...ns, group },
      ];
    }),
  ];
}
