/** What a profiled program is predicted to cost, as costs that can be held against each other. */
import { quantile } from "../../stats/distributions/quantile.ts";
import { sorted } from "../../stats/distributions/sorted.ts";
import { calibrate, familyOf, type MeasuredProgram } from "../calibrate.ts";
import { boundOf, errorScale, predictionInterval, score } from "../conformal.ts";
import type { ConfigurationModel, CostModel } from "../cost-model.ts";
import { errorsOf, type KnownErrors, type TriedCell } from "../known-errors.ts";
import { predictTime } from "../predict-time.ts";
import type { ProgramDemand } from "../program-demand.ts";
import { type Demand, TERMS, type TermName } from "../terms.ts";
import { leaveOneOut } from "../validate.ts";
import type { Contrast, CostSurface, Estimate } from "./cost-surface.ts";

export type PredictedProgram = { nativeNs: number; demand: ProgramDemand };

/**
 * Contrasts of predicted slowdowns. The interval of a contrast is that of the model's errors in the very same
 * contrast on the programs of the run, each left out once: what the model gets wrong alike in two
 * configurations does not count against a change between them. Where there are too few programs, the shipped corpus
 * stands in for them; a change that it never tried has the interval of the resampled rounds, widened by the error that
 * 90 % of the corpus' cells stay below.
 *
 * @param baseline the configuration whose slowdown is 1
 * @param known of the shipped corpus
 */
export function predictedSurface(
  program: PredictedProgram,
  model: CostModel,
  programs: readonly MeasuredProgram[],
  baseline: string,
  known: KnownErrors,
): CostSurface {
  const own = leaveOneOut(model, programs);
  const hasOwn = boundOf(programs.map(() => 0)) !== null;
  const basis = hasOwn ? "programs" : "corpus";
  const calibrated = calibrate(model, programs);
  const correctionsOf = (member: ConfigurationModel) =>
    hasOwn ? calibrated.get(familyOf(member))! : errorsOf(known, member).corrections;
  const members = new Map(model.configurations.map((member) => [member.configuration, member]));
  const tried = Map.groupBy<string, Tried>(hasOwn ? own : known.cells, (cell) => cell.program);
  const logSlowdown = (member: ConfigurationModel, demand: Demand, costs: readonly number[]): number => {
    const terms = member.terms.map((term, index) => ({ ...term, costNs: costs[index]! }));
    const corrections = correctionsOf(member);
    const overlap = program.demand.overlap;
    const found = predictTime(program.nativeNs, { demand, overlap }, { ...member, terms }, corrections);
    return Math.log(found.slowdown);
  };
  return {
    configurations: [baseline, ...comparable(program.demand.demand, model.configurations)],
    estimate(contrasts) {
      const corners = meanCorners(contrasts).filter(({ configuration }) => configuration !== baseline);
      const involved = corners.map(({ configuration }) => members.get(configuration));
      if (involved.length === 0 || !involved.every((member) => member !== undefined)) return null;
      const shared = sharedDemand(program.demand.demand, involved);
      if (shared === null) return null;
      const { demand, terms, lacks } = shared;
      const at = (costs: (member: ConfigurationModel) => readonly number[]) =>
        corners.reduce(
          (sum, { weight }, index) =>
            sum + weight * logSlowdown(involved[index]!, demand, costs(involved[index]!)),
          0,
        );
      const log = at((member) => member.terms.map(({ costNs }) => costNs));
      const bounds = fromPrograms(log, corners, tried) ?? fromDraws(log, involved, at, known);
      const { low, high, n } = bounds;
      return { ratio: Math.exp(log), low, high, n, basis, gainP: null, covers: terms, lacks };
    },
  };
}

function meanCorners(contrasts: readonly Contrast[]): { configuration: string; weight: number }[] {
  const weights = new Map<string, number>();
  for (const { configuration, weight } of contrasts.flat()) {
    weights.set(configuration, (weights.get(configuration) ?? 0) + weight / contrasts.length);
  }
  return [...weights].map(([configuration, weight]) => ({ configuration, weight }));
}

/** Without a cost of its own, and not within that of another term. */
function isWithout({ terms, merged }: ConfigurationModel, name: TermName): boolean {
  return !terms.some(({ term }) => term === name) && !merged.some(({ term }) => term === name);
}

function lackedBy(member: ConfigurationModel, demand: Demand): TermName[] {
  return (Object.entries(demand) as [TermName, number][]).flatMap(([name, times]) =>
    times > 0 && isWithout(member, name) ? [name] : [],
  );
}

/** Those that lack the fewest terms of the program: what lacks more looks faster for it, and stands beside no other. */
function comparable(demand: Demand, members: readonly ConfigurationModel[]): string[] {
  const lacking = members.map((member) => ({ member, lacks: lackedBy(member, demand) }));
  const least = lacking.toSorted((a, b) => a.lacks.length - b.lacks.length)[0]?.lacks.join() ?? "";
  return lacking
    .filter(({ lacks }) => lacks.join() === least)
    .map(({ member: { configuration } }) => configuration);
}

/** @returns `null` where one of the configurations lacks a term that another has: it would look like a gain there */
function sharedDemand(
  demand: Demand,
  members: readonly ConfigurationModel[],
): { demand: Demand; terms: number; lacks: string[] } | null {
  const [lacks = [], ...others] = members.map((member) => lackedBy(member, demand));
  if (others.some((other) => other.join() !== lacks.join())) return null;
  const shared = Object.fromEntries(
    Object.entries(demand).filter(([name, times]) => times > 0 && !lacks.includes(name as TermName)),
  );
  return {
    demand: shared,
    terms: Object.keys(shared).length,
    lacks: lacks.map((name) => TERMS[name].label),
  };
}

type Bounds = Pick<Estimate, "low" | "high" | "n">;
type Tried = Pick<TriedCell, "program" | "configuration" | "predicted" | "measured">;

function fromPrograms(
  log: number,
  corners: Contrast,
  tried: ReadonlyMap<string, readonly Tried[]>,
): Bounds | null {
  const scores = [...tried.values()].flatMap((cells) => {
    let [predicted, measured] = [0, 0];
    for (const { configuration, weight } of corners) {
      const cell = cells.find((one) => one.configuration === configuration);
      if (cell === undefined) return [];
      predicted += weight * Math.log(cell.predicted);
      measured += weight * Math.log(cell.measured);
    }
    return [score(Math.exp(predicted), Math.exp(measured))];
  });
  const interval = predictionInterval(Math.exp(log), scores);
  return interval === null ? null : { ...interval, n: scores.length };
}

/** No program was tried in all of these configurations: what is wrong alike in them is not known to cancel. */
function fromDraws(
  log: number,
  members: readonly ConfigurationModel[],
  at: (costs: (member: ConfigurationModel) => readonly number[]) => number,
  known: KnownErrors,
): Bounds {
  const count = Math.min(...members.map(({ draws }) => draws.length));
  const drawn = sorted(Array.from({ length: count }, (_, draw) => at((member) => member.draws[draw]!)));
  const bounds = members.map((member) => boundOf(errorsOf(known, member).scores) ?? 1);
  const widened = Math.max(...bounds) * errorScale(Math.exp(log));
  return {
    low: Math.exp(Math.min(log, quantile(drawn, 0.05)) - widened),
    high: Math.exp(Math.max(log, quantile(drawn, 0.95)) + widened),
    n: known.programs,
  };
}
