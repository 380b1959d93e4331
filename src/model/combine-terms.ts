import { quantile } from "../stats/distributions/quantile.ts";
import { sorted } from "../stats/distributions/sorted.ts";
import type { ConfigurationModel, Interval } from "./cost-model.ts";
import { type Demand, TERM_NAMES } from "./terms.ts";

/**
 * What a demand costs more than natively, ns, with its 90 % interval over the same resampled rounds for all terms:
 * what one term takes from another in a draw stays in the sum.
 *
 * @returns `null` where this configuration has no cost for a term of the demand
 */
export function combineTerms(
  { terms, draws }: Pick<ConfigurationModel, "terms" | "draws">,
  demand: Demand,
): Interval | null {
  const parts = TERM_NAMES.flatMap((name) => {
    const times = demand[name] ?? 0;
    return times === 0 ? [] : [{ times, index: terms.findIndex(({ term }) => term === name) }];
  });
  if (parts.some(({ index }) => index === -1)) return null;
  const sum = (cost: (index: number) => number) =>
    parts.reduce((total, { times, index }) => total + times * cost(index), 0);
  const drawn = sorted(draws.map((draw) => sum((index) => draw[index]!)));
  return {
    value: sum((index) => terms[index]!.costNs),
    low: quantile(drawn, 0.05),
    high: quantile(drawn, 0.95),
  };
}
