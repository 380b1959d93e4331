const SMALLEST_NS = 100;

/** Upper bound of the bucket that a gap falls into, ns: 100, 141, 200, 283, … two to an octave, the same in every profile. */
export function gapBound(ns: number): number {
  const step = Math.max(0, Math.ceil(2 * Math.log2(Math.max(ns, SMALLEST_NS) / SMALLEST_NS) - 1e-9));
  return Math.round(SMALLEST_NS * 2 ** (step / 2));
}
