import type { Random } from "../../plan/seeded-random.ts";
import type { ThroughputPoint } from "./usl.ts";

/** Parameters of a law, which take as many degrees of freedom from the residuals. */
const PARAMETERS = 3;
/** So small a throughput is as good as none, and keeps quotients finite. */
const SMALLEST = 1e-9;

/**
 * One bootstrap sample. Where every n was measured twice or more, repeats are drawn within each n, which assumes nothing of
 * the law; else the law's residuals, blown up for its parameters, are put back on the curve.
 * Source: Davison and Hinkley, Bootstrap Methods (1997), 6.2.
 */
export function resampled(
  points: readonly ThroughputPoint[],
  curve: (n: number) => number,
  random: Random,
): ThroughputPoint[] {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const levels = Map.groupBy(points, ({ n }) => n);
  if ([...levels.values()].every((group) => group.length >= 2)) {
    return [...levels.values()].flatMap((group) => group.map(() => pick(group)));
  }
  const scale = Math.sqrt(points.length / Math.max(1, points.length - PARAMETERS));
  const residuals = points.map(({ n, ratePerS }) => (ratePerS - curve(n)) * scale);
  return points.map(({ n }) => ({ n, ratePerS: Math.max(SMALLEST, curve(n) + pick(residuals)) }));
}
