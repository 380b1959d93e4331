/**
 * Effects of factors and of their pairs, from cells that were measured in the same rounds.
 *
 * ```text
 *   main effect of A at level a:    mean over the others of  y(a, others) - y(0, others)
 *   interaction of a and b:         mean over the others of  y(a,b) - y(a,0) - y(0,b) + y(0,0)
 * ```
 *
 * y is a log cost, so that effects are factors: exp(main) is what the level multiplies the cost by, exp(interaction)
 * what the pair multiplies it by beyond the product of both. With one factor at a time "the others" are all at
 * their defaults, and there are no pairs. Each contrast gives one value a round, so that what disturbed a round
 * cancels; intervals and tests are then those of paired rounds.
 * Source: Montgomery, Design and Analysis of Experiments, chapter 6; the estimate is Hodges-Lehmann's instead of the
 * mean, since launches have heavy tails.
 */
import { roundMeans } from "./round-means.ts";

/** One combination of levels. */
export type FactorCell = {
  /** Factor -> level; a factor that is left out is at its default. */
  levels: Readonly<Record<string, string>>;
  /** ln(cost) by round; larger is dearer. */
  logCosts: ReadonlyMap<number, number>;
};

export type FactorLevel = { factor: string; level: string };

export type Contrast = {
  /** One level, or the two of a pair. */
  of: FactorLevel[];
  /** Combinations of the other factors that it is the mean of. */
  contexts: number;
  /** The contrast's value by round, ln units: each context's alone. */
  byContext: ReadonlyMap<number, number>[];
};

/**
 * @param cells of one metric of one configuration; combinations that were not measured may be missing, and
 *   contrasts that need them are made of the others
 * @returns main effects in the order of the factors' first appearance
 */
export function mainEffects(cells: readonly FactorCell[]): Contrast[] {
  const find = finder(cells);
  return levelsIn(cells).flatMap((one) =>
    contrast([one], contextsOf(cells, [one]), (context) => {
      const [on, off] = [find({ ...context, [one.factor]: one.level }), find(context)];
      return on === null || off === null ? null : combine([on, off], ([y, y0]) => y! - y0!);
    }),
  );
}

/** What a pair of levels does beyond the sum of both; empty without a combination of two. */
export function pairInteractions(cells: readonly FactorCell[]): Contrast[] {
  const find = finder(cells);
  const levels = levelsIn(cells);
  const pairs = levels.flatMap((one, index) =>
    levels
      .slice(index + 1)
      .filter((other) => other.factor !== one.factor)
      .map((other) => [one, other] as const),
  );
  return pairs.flatMap(([one, other]) =>
    contrast([one, other], contextsOf(cells, [one, other]), (context) => {
      const a = { ...context, [one.factor]: one.level };
      const b = { [other.factor]: other.level };
      const four = [find({ ...a, ...b }), find(a), find({ ...context, ...b }), find(context)];
      const found = four.filter((cell) => cell !== null);
      return found.length < 4 ? null : combine(found, ([ab, a0, b0, none]) => ab! - a0! - b0! + none!);
    }),
  );
}

/** One value a round: the mean over the contexts. */
export function contrastValues({ byContext }: Contrast): number[] {
  return roundMeans(byContext).values;
}

function contrast(
  of: FactorLevel[],
  contexts: readonly Record<string, string>[],
  valuesIn: (context: Record<string, string>) => ReadonlyMap<number, number> | null,
): Contrast[] {
  const byContext = contexts.map(valuesIn).filter((values) => values !== null && values.size > 0);
  const kept = byContext as ReadonlyMap<number, number>[];
  return kept.length === 0 ? [] : [{ of, contexts: kept.length, byContext: kept }];
}

function levelsIn(cells: readonly FactorCell[]): FactorLevel[] {
  const seen = new Map<string, FactorLevel>();
  for (const { levels } of cells) {
    for (const [factor, level] of Object.entries(levels)) seen.set(`${factor}=${level}`, { factor, level });
  }
  return [...seen.values()];
}

/** Combinations of the other factors under which these levels were measured together. */
function contextsOf(cells: readonly FactorCell[], fixed: readonly FactorLevel[]): Record<string, string>[] {
  return cells
    .filter(({ levels }) => fixed.every(({ factor, level }) => levels[factor] === level))
    .map(({ levels }) =>
      Object.fromEntries(
        Object.entries(levels).filter(([name]) => fixed.every(({ factor }) => factor !== name)),
      ),
    );
}

function finder(
  cells: readonly FactorCell[],
): (levels: Readonly<Record<string, string>>) => ReadonlyMap<number, number> | null {
  const key = (levels: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(levels).sort(([a], [b]) => (a < b ? -1 : 1)));
  const byLevels = new Map(cells.map((cell) => [key(cell.levels), cell.logCosts]));
  return (levels) => byLevels.get(key(levels)) ?? null;
}

/** Rounds that all have. */
function combine(
  series: readonly ReadonlyMap<number, number>[],
  of: (values: readonly number[]) => number,
): Map<number, number> {
  const [first, ...others] = series;
  const shared = [...(first?.keys() ?? [])].filter((round) => others.every((one) => one.has(round)));
  return new Map(shared.map((round) => [round, of(series.map((one) => one.get(round)!))]));
}
