import { moments } from "./distributions/moments.ts";
import { studentTQuantile } from "./distributions/student-t.ts";

/** Figures nested by level: launches of iterations, or builds of launches of iterations. */
export type Nested = readonly number[] | readonly Nested[];

export type VarianceComponents = {
  mean: number;
  /** Repetitions of each level, innermost first. */
  repetitions: number[];
  /** S_i squared: mean squared deviation of level i from its parent's mean, innermost first. */
  observed: number[];
  /** T_i squared: what level i itself adds; not above zero means that it adds no noise. Innermost first. */
  components: number[];
  /** Half of the 95 % t interval of the mean, from the outermost level alone. */
  halfWidth: number;
};

/**
 * How much of the noise each level of repetition causes.
 *
 * @param data balanced: every parent has equally many children, at least two; any unit
 * @throws RangeError for unbalanced data, fewer than two children, or a value that is not finite
 * Source: Kalibera and Jones, Rigorous Benchmarking in Reasonable Time (2013), 6; T as corrected in
 *   libkalibera, since the first printing has it wrong.
 */
export function varianceComponents(data: Nested, confidence = 0.95): VarianceComponents {
  const levels: { size: number; variances: number[] }[] = [];
  const mean = descend(data, levels, 0);
  const innermostFirst = levels.reverse();
  const repetitions = innermostFirst.map(({ size }) => size);
  const observed = innermostFirst.map(({ variances }) => moments(variances).mean);
  const components = observed.map((own, level) =>
    level === 0 ? own : own - observed[level - 1]! / repetitions[level - 1]!,
  );
  const outermost = repetitions.at(-1)!;
  const t = studentTQuantile(0.5 + confidence / 2, outermost - 1);
  return { mean, repetitions, observed, components, halfWidth: t * Math.sqrt(observed.at(-1)! / outermost) };
}

/** Mean of a node; adds the variance of its children's means to its level, outermost first. */
function descend(node: Nested, levels: { size: number; variances: number[] }[], depth: number): number {
  if (node.length < 2) throw new RangeError(`every level needs at least 2 repetitions, got ${node.length}`);
  levels[depth] ??= { size: node.length, variances: [] };
  const level = levels[depth];
  if (level.size !== node.length) {
    throw new RangeError(`every parent needs equally many repetitions, got ${level.size} and ${node.length}`);
  }
  const means = node.map((child) => (typeof child === "number" ? child : descend(child, levels, depth + 1)));
  const { mean, variance } = moments(means);
  level.variances.push(variance!);
  return mean;
}
