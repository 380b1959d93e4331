import type { OpSample } from "../../samples/launch-record.ts";
import { eDivisive } from "../change-points/e-divisive.ts";
import { median } from "../distributions/quantile.ts";

export type LaunchMedian = {
  /** In the operation's unit, per iteration. */
  value: number;
  /** False when the batches never settled: no value of this launch stands for a steady state. */
  steady: boolean;
  /** The batches behind the value, in time order: without the warm-up. */
  settled: readonly number[];
};

/** Fewer batches cannot show a warm-up; the program's own median stands. */
const FEWEST_BATCHES = 8;
/** Searching for change points takes time n squared, so longer series are condensed to about this many. */
const MOST_POINTS = 64;
/** Stricter than for history: a split is chosen among many, and batches drift with the host. */
const MAX_P = 0.0001;
/** Smaller steps hardly move the median, and calling them warm-up would cost batches. */
const MIN_CHANGE = 0.1;

/**
 * The launch's one value of an operation: the median of its batches from the last change point on; what lies
 * before is warm-up. When that leaves under half of the batches there is no steady state, and the median of
 * all batches stands, with `steady` false.
 */
export function launchMedian(op: Pick<OpSample, "batches" | "median">): LaunchMedian {
  const found = known.get(op) ?? medianOf(op);
  known.set(op, found);
  return found;
}

/** A record is never changed, and each summary, comparison and chart of a run asks for the same. */
const known = new WeakMap<object, LaunchMedian>();

function medianOf(op: Pick<OpSample, "batches" | "median">): LaunchMedian {
  const { batches } = op;
  if (batches.length < FEWEST_BATCHES || !batches.every(isCountable)) {
    return { value: op.median, steady: true, settled: batches };
  }
  const size = Math.ceil(batches.length / MOST_POINTS);
  const points: number[] = [];
  for (let from = 0; from < batches.length; from += size) {
    points.push(median(batches.slice(from, from + size)));
  }
  const changes = eDivisive(points, { maxP: MAX_P, minChange: MIN_CHANGE });
  const last = batches.slice((changes.at(-1)?.index ?? 0) * size);
  const steady = last.length >= batches.length / 2;
  const settled = steady ? last : batches;
  return { value: median(settled), steady, settled };
}

/** Clocks and counters have 64 bits; squares of much more than that leave the range of a double. */
export function isCountable(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= 2 ** 63;
}
