import { median } from "../stats/distributions/quantile.ts";
import { sparseRidge, sparseRow } from "./least-squares.ts";

export type RegressionProblem = {
  /** One array a row, one number a coefficient. */
  rows: readonly (readonly number[])[];
  y: readonly number[];
  /** What counts as an error of size one in this row, in the unit of `y`; > 0. */
  scales: readonly number[];
  /** Where a coefficient lies without data, and how far from there it goes unpunished. */
  prior: readonly number[];
  /** Standard deviation of the prior; Infinity = none. */
  priorSpread: readonly number[];
};

/** Huber's constant for 95 % efficiency at the normal distribution. */
const TUNING = 1.345;
const MOST_STEPS = 30;
/** Of each coefficient: far below what any measurement tells apart. */
const CONVERGED = 1e-4;
/** Errors below this are those of rounding. */
const EXACT = 1e-6;

/**
 * Huber's M-estimate of a linear model, by iteratively reweighted least squares. Rows whose error exceeds 1.345
 * times the spread of all errors count linearly instead of squared, so a single wrong row can't bend the fit.
 *
 * @returns one coefficient a column
 * @throws RangeError where a column is not identified and has no prior
 * Source: Huber and Ronchetti, Robust Statistics, 2nd ed., 7.8; spread by the median absolute error / 0.6745.
 */
export function robustRegression(problem: RegressionProblem): number[] {
  const { rows, y, scales, prior, priorSpread } = problem;
  const ridge = priorSpread.map((spread) => (Number.isFinite(spread) ? 1 / spread ** 2 : 0));
  const sparse = rows.map(sparseRow);
  let robust = rows.map(() => 1);
  let coefficients: number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const weights = scales.map((scale, index) => robust[index]! / scale ** 2);
    const next = sparseRidge(sparse, y, weights, ridge, prior);
    const change = Math.max(
      0,
      ...next.map(
        (value, index) => Math.abs(value - (coefficients[index] ?? Infinity)) / (Math.abs(value) + 1e-12),
      ),
    );
    coefficients = next;
    if (change < CONVERGED) break;
    const errors = rows.map((row, index) => Math.abs(y[index]! - dot(row, coefficients)) / scales[index]!);
    const middle = median(errors) / 0.6745;
    // Where more than half of the rows fit exactly, but for rounding, the prior's unit stands for the spread.
    const spread = middle > EXACT ? middle : 1;
    robust = errors.map((error) => (error <= TUNING * spread ? 1 : (TUNING * spread) / error));
  }
  return coefficients;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
