import { mean } from "../distributions/moments.ts";

/** From this many rounds on an exact 95 % interval exists. */
const ROUNDS_FOR_INTERVAL = 6;

/**
 * One value a round out of several series that share the rounds: their mean.
 *
 * Rounds that lack a series are left out, since theirs would be the mean of other things than the rest; unless
 * fewer than 6 whole rounds are left, then all count.
 *
 * @param series values by round, e.g. log ratios of several configurations
 */
export function roundMeans(series: readonly ReadonlyMap<number, number>[]): {
  /** Which rounds the values are of, ascending. */
  rounds: number[];
  values: number[];
} {
  const byRound = Map.groupBy(
    series.flatMap((one) => [...one]),
    ([round]) => round,
  );
  const all = [...byRound]
    .sort(([a], [b]) => a - b)
    .map(([round, members]) => ({ round, values: members.map(([, value]) => value) }));
  const whole = all.filter(({ values }) => values.length === series.length);
  const used = whole.length >= ROUNDS_FOR_INTERVAL ? whole : all;
  return { rounds: used.map(({ round }) => round), values: used.map(({ values }) => mean(values)) };
}
