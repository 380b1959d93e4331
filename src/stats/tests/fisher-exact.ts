/** How often something happened: `count` of `of`. */
export type Frequency = { count: number; of: number };

/**
 * One-sided p that something happens no more often in the second sample than in the first.
 *
 * @returns 1 where a sample is empty or it never happened
 * Source: Fisher, The Design of Experiments (1935); exact for every rate that both may share.
 */
export function fisherExact(first: Frequency, second: Frequency): number {
  const [n, m] = [first.of, second.of];
  const total = first.count + second.count;
  const most = Math.min(total, m);
  let chance = 0;
  for (let count = second.count; count <= most; count++) {
    if (total - count > n) continue;
    chance += Math.exp(logChoose(m, count) + logChoose(n, total - count) - logChoose(n + m, total));
  }
  return Math.min(1, chance);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
