/**
 * P(X <= k) for X ~ Binomial(n, q), summed term by term in logarithms so that large n does not underflow.
 *
 * @param n number of trials, a whole number >= 0
 * @param q chance of each, 0 < q < 1
 */
export function binomialCdf(k: number, n: number, q: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  const logOdds = Math.log(q) - Math.log1p(-q);
  let logTerm = n * Math.log1p(-q);
  let sum = Math.exp(logTerm);
  for (let i = 1; i <= k; i++) {
    logTerm += Math.log((n - i + 1) / i) + logOdds;
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}
