import { quantile } from "../distributions/quantile.ts";
import { sorted } from "../distributions/sorted.ts";

/** What may stand for a configuration beside a ratio: its median (both ends are it), or a range of its launches. */
export type Shown = { low: number; high: number };

/** The two sides of a ratio; `over` is the one that the ratio is against. */
export type AgreeingValues = {
  /** Whether the two medians divide to the ratio. */
  agree: boolean;
  of: Shown;
  over: Shown;
};

/** A cost: above 1 is dearer, whatever the direction of the metric. `null` ends: too few rounds for an interval. */
export type CostRatio = {
  value: number;
  low: number | null;
  high: number | null;
  better: "lower" | "higher";
};

/** Two values of three digits each leave so much of their quotient open. */
const ROUNDING = 1.01;
/** Within its interval, a quotient that is further from the ratio than this still looks like another one. */
const NEARLY = 1.05;

/**
 * Whether two values may stand beside a ratio: what they divide to lies within its interval, and within 5 % of
 * the ratio itself. Without an interval it is the ratio, but for rounding.
 *
 * @param of,over medians in the metric's unit, above 0
 */
export function divideTo(of: number, over: number, ratio: CostRatio): boolean {
  const cost = ratio.better === "lower" ? of / over : over / of;
  const apart = Math.max(cost / ratio.value, ratio.value / cost);
  const [low, high] = [ratio.low ?? ratio.value, ratio.high ?? ratio.value];
  return cost >= low / ROUNDING && cost <= high * ROUNDING && apart <= NEARLY;
}

/**
 * The rule by which values and a ratio that stand together agree. A ratio is paired by round, a median is not: where
 * launches have two speeds, the medians of two sides may be of different ones. Then the middle half of the launches
 * stands for a side whose launches differ, so that no reader divides two numbers and finds another ratio. A side whose
 * middle half is narrow keeps its median: the range that the ratio needs is the other one's.
 *
 * Should even those not reach the ratio, all launches do: it lies among the quotients of the rounds.
 *
 * @param of,over one value a launch, in the metric's unit, at least one each
 */
export function agreeingValues(
  of: readonly number[],
  over: readonly number[],
  ratio: CostRatio,
): AgreeingValues {
  const sides = [sorted(of), sorted(over)] as const;
  const between = (from: number, to: number): [Shown, Shown] => [
    { low: quantile(sides[0], from), high: quantile(sides[0], to) },
    { low: quantile(sides[1], from), high: quantile(sides[1], to) },
  ];
  const medians = between(0.5, 0.5);
  const isRatio = ratio.value > 0 && Number.isFinite(ratio.value) && medians.every(({ low }) => low > 0);
  if (!isRatio || divideTo(medians[0].low, medians[1].low, ratio)) {
    return { agree: true, of: medians[0], over: medians[1] };
  }
  const half = between(0.25, 0.75);
  const narrowed = half.map((side, at) => (side.high / side.low <= NEARLY ? medians[at]! : side));
  const all = between(0, 1);
  const [first, second] = [narrowed as [Shown, Shown], half].find((one) => reaches(one, ratio)) ?? all;
  return { agree: false, of: first, over: second };
}

function reaches([of, over]: readonly [Shown, Shown], { value, better }: CostRatio): boolean {
  const [low, high] = [of.low / over.high, of.high / over.low];
  return better === "lower" ? value >= low && value <= high : value >= 1 / high && value <= 1 / low;
}

/** One side that stands beside several ratios (a baseline): the widest of what it is shown as. */
export function widest(shown: readonly Shown[]): Shown | null {
  if (shown.length === 0) return null;
  return {
    low: Math.min(...shown.map(({ low }) => low)),
    high: Math.max(...shown.map(({ high }) => high)),
  };
}
