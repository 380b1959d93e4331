import { upperGammaHalf } from "./gamma.ts";

/** P(Z <= z) of the standard normal distribution; relative error below 1e-13 in both tails. */
export function normalCdf(z: number): number {
  const tail = upperGammaHalf((z * z) / 2) / 2;
  return z <= 0 ? tail : 1 - tail;
}

/**
 * z with P(Z <= z) = p.
 *
 * @param p 0 < p < 1
 * @throws RangeError for p outside that
 * Source: Acklam's rational approximation (relative error 1.15e-9), then one step of Halley's method.
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`probability must lie between 0 and 1, got ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  const rough = p < 0.02425 ? tailQuantile(p) : centreQuantile(p - 0.5);
  const error = (normalCdf(rough) - p) * Math.sqrt(2 * Math.PI) * Math.exp((rough * rough) / 2);
  return rough - error / (1 + (rough * error) / 2);
}

const CENTRE_OVER = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const CENTRE_UNDER = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1,
];
const TAIL_OVER = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const TAIL_UNDER = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];

function centreQuantile(offset: number): number {
  const square = offset * offset;
  return (offset * polynomial(CENTRE_OVER, square)) / polynomial(CENTRE_UNDER, square);
}

function tailQuantile(p: number): number {
  const depth = Math.sqrt(-2 * Math.log(p));
  return polynomial(TAIL_OVER, depth) / polynomial(TAIL_UNDER, depth);
}

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
