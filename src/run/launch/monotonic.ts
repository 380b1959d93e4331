/** CLOCK_MONOTONIC, ns, as a number: exact to 2^53 ns = 104 days of uptime, and to 1 ns below that. */
export function monotonicNs(): number {
  return Number(process.hrtime.bigint());
}
