import { normalQuantile } from "../distributions/normal.ts";
import { median } from "../distributions/quantile.ts";
import type { HodgesLehmann } from "./hodges-lehmann.ts";

/** Fewer metrics don't tell what is usual. */
const FEWEST_METRICS = 6;
/** Median of the squared standard normal. */
const MEDIAN_OF_SQUARES = 0.4549;
/** Half of the width of a 95 % interval, in standard errors. */
const HALF_OF_95 = 1.96;

/**
 * How much further the typical control moved between two runs than its launches' scatter explains: 1 = no further.
 *
 * Launches of one run share its minutes, so their scatter lacks what changes from run to run. How far metrics moved
 * that can't have changed by themselves (negative controls) shows what the host did.
 *
 * @param shifts of the controls, with 95 % intervals
 * @returns 1 for fewer than 6 controls with an interval
 * Source: Schuemie et al. (2014), Interpreting observational studies: why empirical calibration is needed to correct
 * p-values; the factor is that of Devlin and Roeder (1999), Genomic control.
 */
export function driftInflation(shifts: readonly (HodgesLehmann | null)[]): number {
  const squares = shifts.flatMap((shift) => {
    const error = errorOf(shift);
    return error > 0 ? [(shift!.estimate / error) ** 2] : [];
  });
  if (squares.length < FEWEST_METRICS) return 1;
  return Math.sqrt(Math.max(1, median(squares) / MEDIAN_OF_SQUARES));
}

/**
 * What is added to a metric's limit, so that a test that reckons with its launches' scatter only holds its level all
 * the same: the difference between the inflated and the plain critical distance.
 *
 * @param shift of the metric, with its 95 % interval
 * @param level of the test of one metric
 * @returns in ln units
 */
export function driftAllowance(shift: HodgesLehmann | null, inflation: number, level: number): number {
  return -normalQuantile(level) * errorOf(shift) * (inflation - 1);
}

/** Standard error, by the interval; 0 where there is none. */
function errorOf(shift: HodgesLehmann | null): number {
  if (shift === null || shift.low === null || shift.high === null) return 0;
  return (shift.high - shift.low) / (2 * HALF_OF_95);
}
