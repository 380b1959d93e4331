import { alikeShift } from "./alike-pairs.ts";
import type { HodgesLehmann } from "./hodges-lehmann.ts";

/**
 * Hodges-Lehmann estimate of how far y lies above x, two samples that share no rounds, with the interval that
 * belongs to the Mann-Whitney test: exact up to 50 values a sample where y is x shifted, conservative with ties.
 *
 * @param x figures in any order; for ratios their natural logarithms; the same for y
 * @returns `null` where a sample is empty; `n` is the smaller sample's size; ends are `null` where there are too
 *   few values (95 % needs 4 a sample, or 3 against 5)
 * @throws RangeError for a value that is not finite
 * Source: Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 4.2 and 4.3.
 */
export function hodgesLehmannShift(
  x: readonly number[],
  y: readonly number[],
  confidence = 0.95,
): HodgesLehmann | null {
  return alikeShift([{ before: x, after: y }], confidence);
}
