/** Made-up sides whose launches print values of any kind, zeros and gaps included. */
import { compareInterleaved, compareRuns } from "../../src/check/compare.ts";
import type { Comparison } from "../../src/check/comparison-types.ts";
import type { StoredSide } from "../../src/check/side.ts";
import type { GateRules } from "../../src/config/resolved-config.ts";
import { type Cell, cellId, type SideName } from "../../src/plan/cell.ts";
import type { Unit } from "../../src/samples/launch-record.ts";
import { launch, manifest, metricMeta, RUNSC } from "../stats/records.ts";

export type Printed = {
  unit: Unit;
  better?: "lower" | "higher";
  /** One a round; null = that launch says nothing of it, "crash" = it failed. */
  a: readonly (number | null | "crash")[];
  b: readonly (number | null | "crash")[];
};

const RULES: GateRules = {
  maxRegression: 0.02,
  alpha: 0.005,
  metrics: [{ match: "*", maxRegression: null, gate: true }],
};
const METRIC = "figure";
const SCENARIO = "program";

/** Both sides in the same rounds. */
export function interleaved(printed: Printed): Comparison {
  const [a, b] = [sideOf(printed, "a"), sideOf(printed, "b")];
  const run = {
    label: "run",
    manifest: { ...a.manifest, cells: [...a.manifest.cells, ...b.manifest.cells] },
    launches: [...a.launches, ...b.launches],
  };
  return compareInterleaved(run, { rules: RULES, floors: {} });
}

/** Two runs that share no rounds. */
export function stored(printed: Printed): Comparison {
  const [a, b] = [sideOf(printed, "a", false), sideOf(printed, "b", false)];
  return compareRuns(a, b, { rules: RULES, floors: {}, unlike: [] });
}

function sideOf({ unit, better = "lower", ...sides }: Printed, side: SideName, isSided = true): StoredSide {
  const plain = cellId(RUNSC, SCENARIO);
  const id = isSided ? `${side}:${plain}` : plain;
  const cell: Cell = {
    ...{ id, config: RUNSC, scenario: SCENARIO, status: "planned", reason: null },
    ...(isSided && { side }),
  };
  const metrics = {
    [SCENARIO]: [metricMeta("other"), metricMeta(METRIC, { unit, better, group: "other" })],
  };
  const launches = sides[side].map((value, round) => {
    if (value === "crash")
      return launch(RUNSC, round, {
        cell: id,
        status: "failed",
        failure: {
          ...{ kind: "crash", message: "exit code 2", exitCode: 2, signal: null },
          ...{ stdoutTail: "", stderrTail: "" },
        },
      });
    const printed = value === null ? [] : [{ name: METRIC, unit, value }];
    return launch(RUNSC, round, {
      cell: id,
      values: [{ name: "other", unit: "ns", value: 100 }, ...printed],
    });
  });
  return { label: side, manifest: manifest([cell], { runId: side, metrics }), launches };
}

/** Of the metric that the test is about. */
export function verdictOf(comparison: Comparison): string {
  const found = comparison.metrics.find(({ metric }) => metric === METRIC);
  if (found !== undefined) return found.verdict;
  return comparison.broken.length > 0 ? "broken" : "not compared";
}
