const tables = new Map<number, Float64Array>();

/**
 * Null distribution of the signed-rank sum of n observations without ties: element v is P(V <= v), for v up to
 * half of n(n+1)/2 (the other half is its mirror image). Kept once made, since a run asks for few n many times.
 *
 * Recurrence: p[0] = 1; for each rank k, p[v] becomes (p[v] + p[v-k]) / 2. Time grows with n cubed:
 * 1 ms at n = 100, half a second at n = 1000.
 */
export function signedRankTable(n: number): Float64Array {
  const known = tables.get(n);
  if (known !== undefined) return known;
  const half = Math.floor((n * (n + 1)) / 4);
  const chance = new Float64Array(half + 1);
  chance[0] = 1;
  for (let k = 1; k <= n; k++) {
    for (let v = half; v >= k; v--) chance[v] = (chance[v]! + chance[v - k]!) / 2;
    for (let v = Math.min(k - 1, half); v >= 0; v--) chance[v] = chance[v]! / 2;
  }
  for (let v = 1; v <= half; v++) chance[v] = chance[v]! + chance[v - 1]!;
  tables.set(n, chance);
  return chance;
}

/**
 * Largest C with P(V <= C) <= tail; -1 when there is none, because n is too small.
 */
export function signedRankCritical(n: number, tail: number): number {
  const table = signedRankTable(n);
  let critical = -1;
  while (critical + 1 < table.length && table[critical + 1]! <= tail) critical++;
  return critical;
}
