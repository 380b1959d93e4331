/**
 * The public API. `bench.config.ts` and `scenarios/<name>/scenario.ts` import what defines them; programs call the use
 * cases, which are what the commands do without a command line: `(request, { say, abort }) -> result`. Each loads what it
 * needs when it is called.
 */
import type { ResolvedConfig } from "./config/resolved-config.ts";
import type * as Baseline from "./use-cases/baseline.ts";
import type * as Density from "./use-cases/capacity/density.ts";
import type * as CapacityPlan from "./use-cases/capacity/plan.ts";
import type * as Storm from "./use-cases/capacity/storm.ts";
import type * as Check from "./use-cases/check/check.ts";
import type * as Compare from "./use-cases/compare.ts";
import type * as Doctor from "./use-cases/doctor.ts";
import type * as Exec from "./use-cases/exec/exec.ts";
import type * as HistoryCase from "./use-cases/history.ts";
import type * as Init from "./use-cases/init/init.ts";
import type * as Plan from "./use-cases/plan/plan.ts";
import type * as Predict from "./use-cases/predict/predict.ts";
import type * as Verify from "./use-cases/predict/verify.ts";
import type * as CheckProbes from "./use-cases/probes/check-probes.ts";
import type * as Probes from "./use-cases/probes/probes.ts";
import type * as ShowProbes from "./use-cases/probes/show-probes.ts";
import type * as Profile from "./use-cases/profile.ts";
import type * as Report from "./use-cases/report.ts";
import type * as Run from "./use-cases/run/run.ts";
import type * as Runsc from "./use-cases/runsc.ts";
import type * as Scan from "./use-cases/scan.ts";
import type * as FilterCosts from "./use-cases/seccomp/cost.ts";
import type * as Explain from "./use-cases/seccomp/explain.ts";
import type * as Generate from "./use-cases/seccomp/generate.ts";
import type * as Lint from "./use-cases/seccomp/lint.ts";
import type * as Seccomp from "./use-cases/seccomp-record.ts";
import type * as Tune from "./use-cases/tune/tune.ts";

export { type BenchConfig, defineConfig } from "./config/define-config.ts";
export type { MetricMeta } from "./samples/metric-meta.ts";
export type { Say, UseCase, UseCaseContext, UseCaseEvent } from "./use-cases/use-case.ts";
export { defineScenario, type ParameterValue, type ScenarioDefinition } from "./workload/define-scenario.ts";

/**
 * A configuration file as the use cases take it.
 * @param file `null` = bench.config.ts, where there is one
 * @throws SbxError (exit code 2) for a file that is missing or wrong
 */
export async function loadConfig(file: string | null): Promise<ResolvedConfig> {
  return (await import("./config/load.ts")).loadConfig(file, {}, process.cwd());
}

export const doctor: typeof Doctor.doctor = async (...given) =>
  (await import("./use-cases/doctor.ts")).doctor(...given);
export const init: typeof Init.init = async (...given) =>
  (await import("./use-cases/init/init.ts")).init(...given);
export const plan: typeof Plan.plan = async (...given) =>
  (await import("./use-cases/plan/plan.ts")).plan(...given);
export const run: typeof Run.run = async (...given) => (await import("./use-cases/run/run.ts")).run(...given);
export const report: typeof Report.report = async (...given) =>
  (await import("./use-cases/report.ts")).report(...given);
export const compare: typeof Compare.compare = async (...given) =>
  (await import("./use-cases/compare.ts")).compare(...given);
export const check: typeof Check.check = async (...given) =>
  (await import("./use-cases/check/check.ts")).check(...given);
export const keepAsBaseline: typeof Baseline.keepAsBaseline = async (...given) =>
  (await import("./use-cases/baseline.ts")).keepAsBaseline(...given);
export const listBaselines: typeof Baseline.listBaselines = async (...given) =>
  (await import("./use-cases/baseline.ts")).listBaselines(...given);
export const showBaseline: typeof Baseline.showBaseline = async (...given) =>
  (await import("./use-cases/baseline.ts")).showBaseline(...given);
export const forgetBaseline: typeof Baseline.forgetBaseline = async (...given) =>
  (await import("./use-cases/baseline.ts")).forgetBaseline(...given);
export const history: typeof HistoryCase.history = async (...given) =>
  (await import("./use-cases/history.ts")).history(...given);
export const profile: typeof Profile.profile = async (...given) =>
  (await import("./use-cases/profile.ts")).profile(...given);
export const predict: typeof Predict.predict = async (...given) =>
  (await import("./use-cases/predict/predict.ts")).predict(...given);
export const verify: typeof Verify.verify = async (...given) =>
  (await import("./use-cases/predict/verify.ts")).verify(...given);
export const tune: typeof Tune.tune = async (...given) =>
  (await import("./use-cases/tune/tune.ts")).tune(...given);
export const installVersion: typeof Runsc.installVersion = async (...given) =>
  (await import("./use-cases/runsc.ts")).installVersion(...given);
export const listRunscs: typeof Runsc.listRunscs = async (...given) =>
  (await import("./use-cases/runsc.ts")).listRunscs(...given);
export const recordFilters: typeof Seccomp.recordFilters = async (...given) =>
  (await import("./use-cases/seccomp-record.ts")).recordFilters(...given);
export const probes: typeof Probes.probes = async (...given) =>
  (await import("./use-cases/probes/probes.ts")).probes(...given);
export const showProbes: typeof ShowProbes.showProbes = async (...given) =>
  (await import("./use-cases/probes/show-probes.ts")).showProbes(...given);
export const checkProbes: typeof CheckProbes.checkProbes = async (...given) =>
  (await import("./use-cases/probes/check-probes.ts")).checkProbes(...given);
export const generateFilter: typeof Generate.generateFilter = async (...given) =>
  (await import("./use-cases/seccomp/generate.ts")).generateFilter(...given);
export const lintFilter: typeof Lint.lintFilter = async (...given) =>
  (await import("./use-cases/seccomp/lint.ts")).lintFilter(...given);
export const explainCall: typeof Explain.explainCall = async (...given) =>
  (await import("./use-cases/seccomp/explain.ts")).explainCall(...given);
export const costOfFilter: typeof FilterCosts.costOfFilter = async (...given) =>
  (await import("./use-cases/seccomp/cost.ts")).costOfFilter(...given);
export const planCapacity: typeof CapacityPlan.planCapacity = async (...given) =>
  (await import("./use-cases/capacity/plan.ts")).planCapacity(...given);
export const measureDensity: typeof Density.measureDensity = async (...given) =>
  (await import("./use-cases/capacity/density.ts")).measureDensity(...given);
export const measureStorm: typeof Storm.measureStorm = async (...given) =>
  (await import("./use-cases/capacity/storm.ts")).measureStorm(...given);
export const exec: typeof Exec.exec = async (...given) =>
  (await import("./use-cases/exec/exec.ts")).exec(...given);
export const scanSource: typeof Scan.scanSource = async (...given) =>
  (await import("./use-cases/scan.ts")).scanSource(...given);
export const refuseDenied: typeof Scan.refuseDenied = async (...given) =>
  (await import("./use-cases/scan.ts")).refuseDenied(...given);
