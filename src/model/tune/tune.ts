/** A run, and perhaps a profiled program -> advice. Puts the parts together. */
import { configurationId } from "../../axes/axes.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import type { MeasuredProgram } from "../calibrate.ts";
import type { CostModel } from "../cost-model.ts";
import type { KnownErrors } from "../known-errors.ts";
import { type Advice, advise } from "./advise.ts";
import { agreeingLevels } from "./agreeing-levels.ts";
import type { Candidate, ChangeRules, Surfaces } from "./changes.ts";
import type { CostSurface } from "./cost-surface.ts";
import { type FrontRow, frontRows, MEMORY_KEY, STARTUP_KEY } from "./front.ts";
import { type MeasuredCosts, measuredSurface } from "./measured-costs.ts";
import { narrowed } from "./narrow.ts";
import type { OpWeights, WorkOp } from "./op-weights.ts";
import { type PredictedProgram, predictedSurface } from "./predicted-costs.ts";
import { type Unmeasured, unmeasured } from "./unmeasured.ts";

/**
 * - `mix`: the run's own operations
 * - `program`: one that was profiled, and is predicted
 */
export type Workload =
  | { kind: "mix"; ops: readonly WorkOp[]; weights: OpWeights }
  | {
      kind: "program";
      program: PredictedProgram;
      model: CostModel;
      programs: readonly MeasuredProgram[];
      known: KnownErrors;
    };

export type TuneInput = {
  manifest: RunManifest;
  costs: MeasuredCosts;
  candidates: readonly Candidate[];
  from: Candidate;
  workload: Workload;
  rules: ChangeRules;
};

export type Tuned = Advice & {
  front: FrontRow[];
  /** What the slowdowns of the front stand on. */
  frontBasis: {
    /** Operations that all of its configurations have; `null` of a program. */
    operations: number | null;
    groups: string[];
    /** Configurations that have nothing in common with the others. */
    left: string[];
  };
  unmeasured: Unmeasured[];
};

export function tune({ manifest, costs, candidates, from, workload, rules }: TuneInput): Tuned {
  const host = { startup: hostSurface(costs, STARTUP_KEY), memory: hostSurface(costs, MEMORY_KEY) };
  const surfaces: Surfaces = { ...host, work: workSurface(workload, costs, manifest.baseline) };
  const shared: Shared =
    workload.kind === "program"
      ? { surface: surfaces.work, operations: null, groups: [], left: leftOut(surfaces.work, workload.model) }
      : sharedSurface(workload, costs, candidates);
  const shown = candidates.filter(({ configuration }) => !shared.left.includes(configuration));
  const advice = advise(from, candidates, surfaces, rules);
  const front = frontRows(shown, { ...surfaces, work: shared.surface }, manifest.baseline, costs);
  const changes = [...advice.changes, ...advice.combinations];
  return {
    ...advice,
    front: agreeingLevels(front, from.configuration, changes, rules.goal, costs),
    frontBasis: { operations: shared.operations, groups: shared.groups, left: shared.left },
    unmeasured: unmeasured(
      plainRun({ manifest, launches: [] }).manifest,
      new Set(candidates.map(({ configuration }) => configuration)),
    ),
  };
}

function workSurface(workload: Workload, costs: MeasuredCosts, baseline: string) {
  if (workload.kind === "mix") return measuredSurface(costs, workload.weights, workload.ops);
  return predictedSurface(workload.program, workload.model, workload.programs, baseline, workload.known);
}

/** Configurations whose predictions lack a term that others have. */
function leftOut(surface: CostSurface | null, { configurations }: CostModel): string[] {
  return configurations
    .map(({ configuration }) => configuration)
    .filter((configuration) => surface?.configurations.includes(configuration) === false);
}

/** A goal that is one metric of the host. */
function hostSurface(costs: MeasuredCosts, key: string) {
  const surface = measuredSurface(costs, new Map([[key, 1]]), [{ key, group: key }]);
  return surface.configurations.length === 0 ? null : surface;
}

type Shared = Tuned["frontBasis"] & { surface: CostSurface | null };

function sharedSurface(
  { ops, weights }: Extract<Workload, { kind: "mix" }>,
  costs: MeasuredCosts,
  candidates: readonly Candidate[],
): Shared {
  const weighed = ops.filter(({ key }) => (weights.get(key) ?? 0) > 0);
  const ids = candidates.map(({ configuration }) => configuration);
  const shared = narrowed(costs, ids, weighed);
  return {
    surface: measuredSurface(costs, weights, shared.ops),
    operations: shared.ops.length,
    groups: [...new Set(shared.ops.map(({ group }) => group))],
    left: shared.left,
  };
}

/** Configurations of the run with at least one figure, with the flags of their runsc. */
export function candidatesOf(
  manifest: Pick<RunManifest, "cells">,
  costs: MeasuredCosts,
  flagsOf: (config: Candidate["config"]) => string[],
): Candidate[] {
  const found = new Map(manifest.cells.map(({ config }) => [configurationId(config), config]));
  return [...costs.keys()].flatMap((configuration) => {
    const config = found.get(configuration);
    return config === undefined ? [] : [{ configuration, config, flags: flagsOf(config) }];
  });
}
