/** `capacity plan`: from traffic and a stored run to hosts, per configuration. */
import { compareConfigurations } from "../../axes/axes.ts";
import { SbxError } from "../../base/errors.ts";
import { globMatcher } from "../../base/glob.ts";
import { didYouMean } from "../../base/nearest.ts";
import type { SlowdownMetric } from "../../capacity/plan/against-native.ts";
import { CAPACITY_PLAN_SCHEMA, type CapacityPlan } from "../../capacity/plan/capacity-plan.ts";
import { resourcesOf } from "../../capacity/plan/host-resources.ts";
import { measuredCosts, type RunCosts, slowdownMetrics } from "../../capacity/plan/measured-costs.ts";
import { withDensity, withRoom } from "../../capacity/plan/measured-density.ts";
import { type PlanEffort, planConfiguration } from "../../capacity/plan/plan-configuration.ts";
import type { HostResources, Traffic } from "../../capacity/plan/traffic.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import { loadRun } from "../../store/load-run.ts";
import { skippedText } from "../../store/stored-run.ts";
import type { UseCaseContext } from "../use-case.ts";
import { readDensity } from "./read-density.ts";

export type CapacityPlanRequest = {
  traffic: Traffic;
  /** Id or folder of a run. */
  run: string;
  /** Folder of the runs. */
  out: string;
  /** Configurations by glob; empty: all that were measured. */
  cells: readonly string[];
  /** `cpu/json`; `null`: the service is as fast as natively. */
  slowdownBy: string | null;
  /** File of `capacity density`, whose memory, pids and descriptors count; `null`: none. */
  density: string | null;
  whatIf: Partial<HostResources>;
  /** Usually `PLAN_EFFORT` with a seed. */
  effort: PlanEffort;
};

const MEASURE = "sbx-bench run --matrix --preset quick";

/** @throws SbxError where the run or the request cannot be used */
export async function planCapacity(
  request: CapacityPlanRequest,
  context: UseCaseContext,
): Promise<CapacityPlan> {
  const { say, abort } = context;
  const stored = loadRun(request.run, request.out);
  for (const line of stored.skipped) say({ type: "warning", message: `${skippedText(line)}; skipped` });
  if (stored.remark !== null) say({ type: "warning", message: stored.remark });
  const run = plainRun(stored);
  const { manifest } = run;
  refuseEmulated(manifest.emulated, manifest.runId);
  const density = request.density === null ? null : readDensity(request.density, manifest.fingerprint);
  const bare = hostOf(manifest.fingerprint.fields, manifest.runId, {});
  const host = { ...(density === null ? bare : withRoom(bare, density)), ...request.whatIf };
  const slowdownBy =
    request.slowdownBy === null ? null : knownMetric(request.slowdownBy, slowdownMetrics(run));
  const found = chosen(measuredCosts(run, slowdownBy), request.cells, manifest.runId);
  const isWhatIf = Object.keys(request.whatIf).length > 0;
  const plans = [];
  for (const costs of found.costs.toSorted((a, b) => compareConfigurations(a.config, b.config))) {
    abort.throwIfAborted();
    say({ type: "note", message: `plan  ${costs.configuration}` });
    const plan = planConfiguration(request.traffic, host, withDensity(costs, density), request.effort);
    plans.push({ ...plan, sandbox: costs.config.sandbox });
    // Signals are heard between two configurations.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return {
    schema: CAPACITY_PLAN_SCHEMA,
    runId: manifest.runId,
    host: { fingerprint: manifest.fingerprint.id, resources: host },
    traffic: request.traffic,
    slowdownBy: request.slowdownBy,
    validated: false,
    whatIf: isWhatIf ? request.whatIf : null,
    effort: request.effort,
    configurations: plans,
    left: found.left,
    warnings: warningsOf(request, found.costs[0]!.programBytes),
  };
}

function warningsOf(
  { slowdownBy, traffic, whatIf }: CapacityPlanRequest,
  programBytes: number | null,
): string[] {
  const own =
    programBytes === null
      ? "not known"
      : `taken as ${(programBytes / 2 ** 20).toFixed(1)} MiB, as of the measured one`;
  return [
    ...(Object.keys(whatIf).length > 0
      ? [
          "what-if: not validated. No such host was measured; contention that grows with its cores is not in the plan",
        ]
      : []),
    ...(slowdownBy === null
      ? [
          "the service is taken as fast in a sandbox as natively: name what stands for your program with --slowdown-by",
        ]
      : []),
    ...(traffic.programBytes === null ? [`the program's own memory is ${own}: give --memory`] : []),
  ];
}

function refuseEmulated(emulated: boolean, runId: string): void {
  if (!emulated) return;
  throw new SbxError({
    what: `Run ${runId} says nothing about capacity`,
    why: "Its processor is emulated, and its times are not those of any machine.",
    fix: `Measure on the machine itself: ${MEASURE}`,
  });
}

function hostOf(
  fields: Readonly<Record<string, string>>,
  runId: string,
  whatIf: Partial<HostResources>,
): HostResources {
  const host = resourcesOf(fields);
  if (host !== null) return { ...host, ...whatIf };
  throw new SbxError({
    what: `Run ${runId} does not say how many CPUs and how much memory its host has`,
    why: "An earlier version recorded it.",
    fix: `Name them with --what-if cores=4,mem=16Gi, or measure anew: ${MEASURE}`,
  });
}

function knownMetric(given: string, known: readonly string[]): SlowdownMetric {
  if (known.includes(given)) {
    const at = given.indexOf("/");
    return { scenario: given.slice(0, at), metric: given.slice(at + 1) };
  }
  throw new SbxError({
    what: `The run has no metric ${given} that could stand for a program`,
    why:
      known.length === 0
        ? "It has measured start-up alone."
        : `It has ${known.join(", ")}.${didYouMean(given, known)}`,
    fix: "Name one of them, such as --slowdown-by cpu/json.",
  });
}

function chosen(found: RunCosts, globs: readonly string[], runId: string): RunCosts {
  for (const glob of globs) {
    if (found.costs.some(({ configuration }) => globMatcher(glob)(configuration))) continue;
    const ids = found.costs.map(({ configuration }) => configuration);
    const left = found.left.find(({ configuration }) => globMatcher(glob)(configuration));
    throw new SbxError({
      what: `Run ${runId} has measured no configuration that matches ${glob}`,
      why: left === undefined ? `It has ${ids.join(", ")}.` : `${left.configuration}: ${left.reason}.`,
      fix: "* is any text: 'runsc/*/seccomp=none'.",
    });
  }
  if (found.costs.length === 0) {
    throw new SbxError({
      what: `Run ${runId} has measured no start of any configuration`,
      why: found.left[0]?.reason ?? "It has no cells.",
      fix: `Measure them: ${MEASURE}`,
    });
  }
  const matches = (id: string) => globs.length === 0 || globs.some((glob) => globMatcher(glob)(id));
  return {
    costs: found.costs.filter(({ configuration }) => matches(configuration)),
    left: found.left.filter(({ configuration }) => globs.length > 0 && matches(configuration)),
  };
}
