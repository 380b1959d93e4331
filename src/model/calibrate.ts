/** Corrections of the model by programs that ran in the same run. */
import type { ConfigurationModel, CostModel } from "./cost-model.ts";
import { partsIn } from "./predict-time.ts";
import type { ProgramDemand } from "./program-demand.ts";
import { robustRegression } from "./robust-regression.ts";
import { type Corrections, GROUP_NAMES, groupParts, NO_CORRECTIONS } from "./term-groups.ts";

/** A program that was profiled and measured. */
export type MeasuredProgram = {
  program: string;
  demand: ProgramDemand;
  /** By configuration id. */
  cells: ReadonlyMap<string, MeasuredTime>;
};

/** Times are medians over launches; the slowdown is paired by round, with its exact 95 % interval. */
export type MeasuredTime = {
  nativeNs: number;
  ns: number;
  slowdown: number;
  low: number | null;
  high: number | null;
};

/** Of a predicted time, counts as an error of size one. */
const RELATIVE_ERROR = 0.1;
/** A correction of this size is not surprising; single operations are no better guide to whole programs. */
const PRIOR_SPREAD = 0.5;
/** Computation costs next to nothing in single operations, so its correction may be large. */
const COMPUTATION_SPREAD = 4;

const BOUNDS = { low: 0.2, high: 10 };
/** As good as fixed. */
const HELD_SPREAD = 1e-6;

/** Configurations that share their corrections: the way in is the same, network and filter are terms. */
export function familyOf({ config }: Pick<ConfigurationModel, "config">): string {
  return config.platform === null ? config.sandbox : `${config.sandbox}/${config.platform}`;
}

/**
 * `run`: for programs of the same run. `elsewhere`: for other runs; computation stays as their own operations show it,
 * because what corrects it is how busy the host was meanwhile, a share of time that a factor of 7 would turn into
 * another one on another day.
 */
export type CorrectionScope = "run" | "elsewhere";

/**
 * Corrections of each family of configurations: robust ridge regression of the programs' extra times on the sums
 * of each group's terms, relative errors, pulled towards 1.
 */
export function calibrate(
  model: CostModel,
  programs: readonly MeasuredProgram[],
  scope: CorrectionScope = "run",
): Map<string, Corrections> {
  const families = Map.groupBy(model.configurations, familyOf);
  return new Map([...families].map(([family, members]) => [family, correctionsOf(members, programs, scope)]));
}

function correctionsOf(
  members: readonly ConfigurationModel[],
  programs: readonly MeasuredProgram[],
  scope: CorrectionScope,
): Corrections {
  const rows: number[][] = [];
  const y: number[] = [];
  const scales: number[] = [];
  for (const member of members) {
    for (const { demand, cells } of programs) {
      const time = cells.get(member.configuration);
      if (time === undefined) continue;
      rows.push(groupParts(partsIn(member, demand)));
      // From the slowdown, which is paired by round, and not from the difference of two medians.
      y.push(time.nativeNs * (time.slowdown - 1));
      scales.push(RELATIVE_ERROR * time.nativeNs * Math.max(1, time.slowdown));
    }
  }
  if (rows.length === 0) return NO_CORRECTIONS;
  const held = new Map(scope === "elsewhere" ? [[GROUP_NAMES.indexOf("computation"), 1]] : []);
  const found = boundedFit(rows, y, scales, held);
  return Object.fromEntries(GROUP_NAMES.map((group, index) => [group, found[index]!])) as Corrections;
}

/** No correction makes a cost a gain, or ten times what it was: what would, is held at the bound, and the rest fitted. */
function boundedFit(
  rows: readonly number[][],
  y: readonly number[],
  scales: readonly number[],
  held: Map<number, number>,
): number[] {
  for (;;) {
    const found = robustRegression({
      rows,
      y,
      scales,
      prior: GROUP_NAMES.map((_, index) => held.get(index) ?? 1),
      priorSpread: GROUP_NAMES.map((group, index) =>
        held.has(index) ? HELD_SPREAD : group === "computation" ? COMPUTATION_SPREAD : PRIOR_SPREAD,
      ),
    });
    const beyond = found.findIndex(
      (value, index) => !held.has(index) && (value < BOUNDS.low || value > BOUNDS.high),
    );
    if (beyond === -1) return found;
    held.set(beyond, found[beyond]! < BOUNDS.low ? BOUNDS.low : BOUNDS.high);
  }
}
