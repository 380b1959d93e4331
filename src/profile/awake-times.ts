import { gapBound } from "./gap-bounds.ts";

/** A call may take so many times its kind's median before somebody else's turn on the CPU is the better guess. */
const LONGEST_MEDIANS = 8;
/** The slowest copying that is believed: 1 GB/s. */
const NS_PER_BYTE = 1;

type Bucket = { count: number; sumNs: number; bytes: number };

/**
 * Times of calls of one kind that did not wait.
 *
 * While a thread is preempted in a call its time runs on, and under strace it also runs while others are served.
 * On a busy host a few such calls outweigh all others, so single calls count at most 8 times the median, and
 * 1 ns for each byte in addition.
 */
export class AwakeTimes {
  readonly #buckets = new Map<number, Bucket>();

  add(ns: number, bytes: number): void {
    const bound = gapBound(ns);
    const bucket = this.#buckets.get(bound) ?? { count: 0, sumNs: 0, bytes: 0 };
    bucket.count += 1;
    bucket.sumNs += ns;
    bucket.bytes += bytes;
    this.#buckets.set(bound, bucket);
  }

  /** ns over all calls, with long ones cut. */
  sumNs(): number {
    const buckets = [...this.#buckets].sort(([a], [b]) => a - b).map(([, bucket]) => bucket);
    const longestNs = LONGEST_MEDIANS * medianNs(buckets);
    return buckets.reduce(
      (sum, { count, sumNs, bytes }) => sum + Math.min(sumNs, count * longestNs + bytes * NS_PER_BYTE),
      0,
    );
  }
}

/** Mean of the bucket that the middle call is in. */
function medianNs(buckets: readonly Bucket[]): number {
  const all = buckets.reduce((sum, { count }) => sum + count, 0);
  let seen = 0;
  for (const { count, sumNs } of buckets) {
    seen += count;
    if (seen * 2 >= all) return sumNs / count;
  }
  return 0;
}
