/** Main effects and pairwise interactions of the factors, over all contexts in which a run has them. */
import type { Contrast, CostSurface, Estimate } from "./cost-surface.ts";
import type { Levels } from "./factors.ts";

export type MainEffect = {
  factor: string;
  from: string;
  to: string;
  /** Settings of the other factors in which both levels were measured. */
  contexts: number;
  estimate: Estimate;
};

export type Interaction = {
  /** Two switches; each from the level of the present configuration. */
  factors: [Omit<MainEffect, "estimate" | "contexts">, Omit<MainEffect, "estimate" | "contexts">];
  contexts: number;
  /** Cost of both switches together / product of the costs of each alone. 1 = they do not touch each other. */
  estimate: Estimate;
};

export type FactorEffects = {
  main: MainEffect[];
  interactions: Interaction[];
  /** Factors that have one level only: no effect of theirs can be seen. */
  fixed: { factor: string; level: string }[];
};

type Member = { configuration: string; levels: Levels };

/**
 * Reference levels are those of `present`. A main effect is the mean change of the logarithm of the cost over all
 * contexts; an interaction the mean of what both switches together do beyond their sum.
 *
 * Source: Box, Hunter and Hunter, Statistics for Experimenters, 2nd ed., 5.2 to 5.6, for designs with gaps: a
 * context counts where all its corners are there.
 *
 * @param members configurations of one sandbox
 */
export function factorEffects(
  surface: CostSurface,
  members: readonly Member[],
  present: Levels,
): FactorEffects {
  const there = members.filter(({ configuration }) => surface.configurations.includes(configuration));
  const factors = Object.keys(present).filter((factor) => factor !== "sandbox");
  const levelsOf = (factor: string) => [...new Set(there.map(({ levels }) => levels[factor]!))];
  const switches = factors.flatMap((factor) =>
    levelsOf(factor)
      .filter((level) => level !== present[factor])
      .map((to) => ({ factor, from: present[factor]!, to })),
  );
  const find = finder(there);
  const main = switches.flatMap((one): MainEffect[] => {
    const contexts = there
      .filter(({ levels }) => levels[one.factor] === one.from)
      .flatMap(({ levels }) => contrastOf(find, levels, [one]));
    return withEstimate(surface, contexts, (estimate) => ({ ...one, contexts: contexts.length, estimate }));
  });
  const pairs = switches.flatMap((one, index) =>
    switches.slice(index + 1).flatMap((two) => (two.factor === one.factor ? [] : [[one, two] as const])),
  );
  const interactions = pairs.flatMap(([one, two]): Interaction[] => {
    const contexts = there
      .filter(({ levels }) => levels[one.factor] === one.from && levels[two.factor] === two.from)
      .flatMap(({ levels }) => contrastOf(find, levels, [one, two]));
    return withEstimate(surface, contexts, (estimate) => ({
      factors: [one, two],
      contexts: contexts.length,
      estimate,
    }));
  });
  const fixed = factors.filter((factor) => levelsOf(factor).every((level) => level === present[factor]));
  return {
    main: main.sort((a, b) => size(b.estimate) - size(a.estimate)),
    interactions: interactions.sort((a, b) => size(b.estimate) - size(a.estimate)),
    fixed: fixed.map((factor) => ({ factor, level: present[factor]! })),
  };
}

type Switch = { factor: string; from: string; to: string };
type Finder = (levels: Levels) => string | null;

/** The signed corners of one context; none where a corner is missing. */
function contrastOf(find: Finder, context: Levels, switches: readonly Switch[]): Contrast[] {
  const corners: { configuration: string; weight: number }[] = [];
  for (let mask = 0; mask < 2 ** switches.length; mask++) {
    const on = switches.filter((_, index) => (mask >> index) & 1);
    const configuration = find({
      ...context,
      ...Object.fromEntries(on.map(({ factor, to }) => [factor, to])),
    });
    if (configuration === null) return [];
    corners.push({ configuration, weight: (switches.length - on.length) % 2 === 0 ? 1 : -1 });
  }
  return [corners];
}

function finder(members: readonly Member[]): Finder {
  const key = (levels: Levels) =>
    JSON.stringify(Object.entries(levels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const known = new Map(members.map(({ configuration, levels }) => [key(levels), configuration]));
  return (levels) => known.get(key(levels)) ?? null;
}

function withEstimate<T>(
  surface: CostSurface,
  contexts: readonly Contrast[],
  make: (estimate: Estimate) => T,
): T[] {
  const estimate = contexts.length === 0 ? null : surface.estimate(contexts);
  return estimate === null ? [] : [make(estimate)];
}

function size({ ratio }: Estimate): number {
  return Math.abs(Math.log(ratio));
}
