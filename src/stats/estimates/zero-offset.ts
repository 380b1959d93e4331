import type { Unit } from "../../samples/launch-record.ts";

/**
 * What is added to every value of a metric before its logarithm is taken, so that 0 has one: nothing where all are
 * above 0, and otherwise the metric's step, the smallest amount that it can tell from another.
 *
 * A value of 0 is one below that step (no fault, less than a clock tick), so it is taken for up to one step and not for
 * infinitely little. The step is that of both sides together: which side is which does not change it, so tests by sign
 * flips stay exact. With differences of plain values instead, a limit in per cent would have nothing to be a share of.
 *
 * @param values of both sides, all at least 0
 * @returns in the metric's unit: 1 for counts, else the smallest distance of two different values (1 where all are 0)
 */
export function zeroOffset(unit: Unit, values: Iterable<number>): number {
  const different = [...new Set(values)].sort((x, y) => x - y);
  if (different[0] !== 0) return 0;
  if (unit === "count" || different.length === 1) return 1;
  return Math.min(...different.slice(1).map((value, at) => value - different[at]!));
}
