/** The public API: what `bench.config.ts` and `scenarios/<name>/scenario.ts` import. */
export { type BenchConfig, defineConfig } from "./config/define-config.ts";
export type { MetricMeta } from "./samples/metric-meta.ts";
export { defineScenario, type ParameterValue, type ScenarioDefinition } from "./workload/define-scenario.ts";
