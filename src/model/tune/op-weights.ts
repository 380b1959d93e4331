/** Which operations make up the workload of a run, and how much each counts. */

import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Unit } from "../../samples/launch-record.ts";
import type { MetricMeta } from "../../samples/metric-meta.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

export type WorkOp = {
  /** `scenario::metric` */
  key: string;
  scenario: string;
  metric: string;
  /** Heading of the metric, or the name of a program. */
  group: string;
  better: MetricMeta["better"];
};

/** By key; they add up to 1. */
export type OpWeights = ReadonlyMap<string, number>;

/** Times and rates; bytes and counts are no work. */
const WORK_UNITS: readonly Unit[] = ["ns", "bytes/s", "1/s"];
/** Of a program only its run time: the other metrics are parts of it. */
const PROGRAM_METRIC = "run";
/** Phases of a launch and its CPU time are not the work of a program, but what comes around it. */
const PHASES = new Set(["ready", "exit", "cleanup", "total", "launch-cpu"]);

/** Operations that the run's scenarios list, whether or not anything was measured. */
export function workOps({ metrics, config }: Pick<RunManifest, "metrics" | "config">): WorkOp[] {
  const uses = (config as Partial<ResolvedConfig> | null)?.scenarios ?? [];
  return Object.entries(metrics).flatMap(([scenario, list]) => {
    const isProgram = uses.some(({ use, as }) => as === scenario && use === "program");
    return list
      .filter(({ metric, unit }) =>
        isProgram ? metric === PROGRAM_METRIC : WORK_UNITS.includes(unit) && !PHASES.has(metric),
      )
      .map(({ metric, group, better }) => ({
        key: `${scenario}::${metric}`,
        scenario,
        metric,
        group: isProgram ? scenario : group,
        better,
      }));
  });
}

/** Every group counts the same, and within it every operation: long lists of system calls outweigh nothing. */
export function equalWeights(ops: readonly WorkOp[]): OpWeights {
  const groups = Map.groupBy(ops, ({ group }) => group);
  return new Map(
    [...groups.values()].flatMap((own) => own.map(({ key }) => [key, 1 / groups.size / own.length] as const)),
  );
}

/**
 * Weights as a user gives them, scaled so that they add up to 1. A name is a metric (`getpid`), a scenario, a
 * group (`system calls`) or `scenario::metric`; what it stands for shares its weight.
 *
 * @throws SbxError for a name that is none, and for weights of which none is above 0
 */
export function askedWeights(
  asked: readonly { name: string; weight: number }[],
  ops: readonly WorkOp[],
): OpWeights {
  const weights = new Map<string, number>();
  for (const { name, weight } of asked) {
    const meant = named(name, ops);
    for (const { key } of meant) weights.set(key, (weights.get(key) ?? 0) + weight / meant.length);
  }
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  if (!(sum > 0)) {
    throw new SbxError({
      what: "--weights: no weight is above 0",
      why: "A workload of nothing costs the same everywhere.",
      fix: "Give at least one operation a weight: --weights getpid=1",
    });
  }
  return new Map([...weights].filter(([, weight]) => weight > 0).map(([key, weight]) => [key, weight / sum]));
}

function named(name: string, ops: readonly WorkOp[]): WorkOp[] {
  for (const part of ["key", "metric", "scenario", "group"] as const) {
    const found = ops.filter((op) => op[part] === name);
    if (found.length > 0) return found;
  }
  const known = [...new Set(ops.flatMap(({ metric, scenario, group }) => [group, scenario, metric]))];
  throw new SbxError({
    what: `--weights: the run has no operation ${name}`,
    why: `Its groups are ${[...new Set(ops.map(({ group }) => group))].join("; ") || "none"}.${didYouMean(name, known)}`,
    fix: "Name a metric, a scenario, a group, or scenario::metric; `sbx-bench report` lists them.",
  });
}
