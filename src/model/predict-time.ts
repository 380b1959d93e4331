import type { ConfigurationModel } from "./cost-model.ts";
import type { ProgramDemand } from "./program-demand.ts";
import { type Corrections, groupOf, termParts } from "./term-groups.ts";
import type { TermName } from "./terms.ts";

export type PredictedTime = {
  /** Run time in the configuration / natively; at least a tenth. */
  slowdown: number;
  /** What each term adds, ns, largest first. */
  parts: { term: TermName; ns: number }[];
  /** Terms that the program meets and this configuration has no cost for, neither alone nor merged into another's. */
  missing: TermName[];
};

type PricedTerms = Pick<ConfigurationModel, "terms"> &
  Partial<Pick<ConfigurationModel, "merged" | "mostOverlap">>;

/** A sandbox that makes a program ten times faster is beyond this model. */
export const SMALLEST_SLOWDOWN = 0.1;

/**
 * ns that each term adds, without corrections. Threads share the costs as far as there are CPUs to serve them. The
 * calls of those beyond that are taken to find the other side asleep, as after a pause: an assumption, see docs/benchmarks.md.
 */
export function partsIn(
  { terms, mostOverlap }: PricedTerms,
  { demand, overlap }: Pick<ProgramDemand, "demand" | "overlap">,
): Map<TermName, number> {
  const costs = new Map(terms.map(({ term, costNs }) => [term, costNs]));
  const served = Math.min(overlap, mostOverlap ?? overlap);
  const calls = (demand.trap ?? 0) + (demand["patched-trap"] ?? 0);
  const paused = demand["paused-trap"] ?? 0;
  const crowded = ((overlap - served) / overlap) * Math.max(0, calls - paused);
  const met = crowded === 0 ? demand : { ...demand, "paused-trap": paused + crowded };
  return termParts(met, costs, served);
}

/**
 * Native time plus what each term adds: how often the program meets it, times what it costs more here, shared by
 * as many threads as work at a time and find a CPU that serves them.
 *
 * @param nativeNs one undisturbed native run
 */
export function predictTime(
  nativeNs: number,
  { demand, overlap }: Pick<ProgramDemand, "demand" | "overlap">,
  model: PricedTerms,
  corrections: Corrections,
): PredictedTime {
  const priced = new Set(model.terms.map(({ term }) => term));
  const parts = [...partsIn(model, { demand, overlap })]
    .map(([term, ns]) => ({ term, ns: ns * corrections[groupOf(term)] }))
    .sort((a, b) => Math.abs(b.ns) - Math.abs(a.ns));
  const merged = new Set(model.merged?.map(({ term }) => term));
  const extra = parts.reduce((sum, { ns }) => sum + ns, 0);
  return {
    slowdown: Math.max(SMALLEST_SLOWDOWN, 1 + extra / nativeNs),
    parts,
    missing: (Object.keys(demand) as TermName[]).filter(
      (term) => (demand[term] ?? 0) > 0 && !priced.has(term) && !merged.has(term),
    ),
  };
}
