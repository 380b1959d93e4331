import { type Nested, varianceComponents } from "./variance-components.ts";

export type OptimalRepetitions = {
  /** Optimum of each level but the outermost, innermost first; `null` where the level above adds no noise. */
  exact: (number | null)[];
  /** What to run: the same rounded up, at least 1; as in the trial where there is no optimum. */
  repetitions: number[];
};

/**
 * How often to repeat each inner level for the narrowest interval in the time given; the outermost level takes
 * what time is left.
 *
 * r_i = ceil(sqrt(c_(i+1) / c_i * T_i^2 / T_(i+1)^2)). A level whose own component is not above zero is not
 * worth repeating (1). Where the level above adds no noise the formula has no finite optimum, and the trial's
 * repetitions are kept.
 *
 * @param trial balanced figures of a trial run, as for `varianceComponents`
 * @param costs cost of one more repetition of each level, innermost first, same unit
 * @throws RangeError as `varianceComponents`, and when there is not one cost > 0 a level
 * Source: Kalibera and Jones (2013), 6.3.
 */
export function optimalRepetitions(trial: Nested, costs: readonly number[]): OptimalRepetitions {
  const { components, repetitions } = varianceComponents(trial);
  if (costs.length !== components.length || costs.some((cost) => !(cost > 0))) {
    throw new RangeError(`need one cost above 0 for each of ${components.length} levels`);
  }
  const exact = components.slice(0, -1).map((own, level) => {
    const above = components[level + 1]!;
    if (own <= 0) return 1;
    return above <= 0 ? null : Math.sqrt(((costs[level + 1]! / costs[level]!) * own) / above);
  });
  return {
    exact,
    repetitions: exact.map((optimum, level) =>
      optimum === null ? repetitions[level]! : Math.max(1, Math.ceil(optimum)),
    ),
  };
}
