/** Medians and intervals of few values, by drawing them anew. Pure. */
import { type Random, seededRandom } from "../plan/seeded-random.ts";
import { median, quantile } from "../stats/distributions/quantile.ts";
import { sorted } from "../stats/distributions/sorted.ts";
import type { Interval } from "./cost-model.ts";

/** Rounds drawn with replacement: how often each was drawn. */
export function resampled(rounds: readonly number[], random: Random): Map<number, number> {
  const drawn = new Map<number, number>();
  for (const _ of rounds) {
    const round = rounds[Math.floor(random() * rounds.length)]!;
    drawn.set(round, (drawn.get(round) ?? 0) + 1);
  }
  return drawn;
}

/** Median of values that each count so often as their round was drawn; of all where none of them was. */
export function weightedMedian(
  values: readonly (readonly [round: number, value: number])[],
  weightOf: ReadonlyMap<number, number> | null,
): number {
  const drawn: number[] = [];
  if (weightOf !== null) {
    for (const [round, value] of values) {
      for (let times = weightOf.get(round) ?? 0; times > 0; times--) drawn.push(value);
    }
  }
  return median(drawn.length === 0 ? values.map(([, value]) => value) : drawn);
}

/** The middle 90 %. */
export function middle(values: readonly number[]): { low: number; high: number } {
  const drawn = sorted(values);
  return { low: quantile(drawn, 0.05), high: quantile(drawn, 0.95) };
}

/** Median with the order statistics that hold 90 % of resampled medians for few values; `null` of none. */
export function intervalOf(values: readonly number[]): Interval | null {
  if (values.length === 0) return null;
  const random = seededRandom(`interval ${values.length}`);
  const drawn = Array.from({ length: 400 }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)]!)),
  );
  return { value: median(values), ...middle(drawn) };
}
