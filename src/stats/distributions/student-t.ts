import { logGamma } from "./gamma.ts";
import { normalQuantile } from "./normal.ts";

/**
 * P(T <= t) of Student's t distribution, by the regularised incomplete beta function.
 *
 * @param t may be infinite
 * @param freedom degrees of freedom, > 0, need not be whole
 */
export function studentTCdf(t: number, freedom: number): number {
  requireFreedom(freedom);
  if (Number.isNaN(t)) throw new RangeError("t must be a number");
  // With x = v / (v + t^2), written so that neither end loses digits.
  const tail = Number.isFinite(t) ? 0.5 * incompleteBeta(freedom / 2, 0.5, freedom, t * t) : 0;
  return t <= 0 ? tail : 1 - tail;
}

/**
 * t with P(T <= t) = p.
 *
 * @param p 0 < p < 1
 * @throws RangeError for p outside that or freedom not above 0
 */
export function studentTQuantile(p: number, freedom: number): number {
  requireFreedom(freedom);
  if (!(p > 0 && p < 1)) throw new RangeError(`probability must lie between 0 and 1, got ${p}`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentTQuantile(1 - p, freedom);
  let low = 2 * normalQuantile(p) - 1;
  while (studentTCdf(low, freedom) > p) low *= 2;
  let high = 0;
  for (let halvings = 0; halvings < 200; halvings++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentTCdf(middle, freedom) > p) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

function requireFreedom(freedom: number): void {
  if (!(freedom > 0)) throw new RangeError(`degrees of freedom must be above 0, got ${freedom}`);
}

/** I_x(a, b) at x = u / (u + w). Source: Press et al., Numerical Recipes, 6.4. */
function incompleteBeta(a: number, b: number, u: number, w: number): number {
  if (w === 0) return 1;
  const x = u / (u + w);
  const y = w / (u + w);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) - a * Math.log1p(w / u) - b * Math.log1p(u / w),
  );
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, y)) / b;
}

/** Continued fraction of the incomplete beta function (Lentz); converges fast for x < (a+1)/(a+b+2). */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}
