/** Values that stand beside ratios, in words that agree with them; the rule is `stats/agreeing-values.ts`. */
import { widest } from "../../stats/estimates/agreeing-values.ts";
import type { Estimate, Ratio } from "./figure.ts";
import { formatShown } from "./format.ts";

/** A ratio of one operation, and the configuration that it is of; `ratio.baseline` names the other. */
export type RatioOf = { of: string; ratio: Ratio | null };

/** How a range is explained where one may stand. */
export const RANGE_NOTE =
  "Where two medians would divide to another ratio, a range stands for the side whose launches differ: their middle half (118…158 ns), or all of them.";

/** Whether 1 is within the interval: then the ratio has no direction, and no word, sign or colour may give it one. */
export function holdsOne({ low, high }: Pick<Ratio, "low" | "high">): boolean {
  return low !== null && high !== null && low <= 1 && high >= 1;
}

/**
 * The estimate of a configuration as it may stand beside these ratios: as it is where it agrees with all of them, else
 * as the widest range that one of them needs.
 */
export function besideRatios(
  estimate: Estimate,
  configuration: string,
  ratios: readonly RatioOf[],
): Estimate {
  const shown = widest(
    ratios.flatMap(({ of, ratio }) => {
      if (ratio === null || ratio.values.agree) return [];
      if (of === configuration) return [ratio.values.of];
      return ratio.baseline === configuration ? [ratio.values.over] : [];
    }),
  );
  if (shown === null || shown.low === shown.high) return estimate;
  const short = formatShown(shown, estimate.unit);
  return { ...estimate, short, text: `${short} n=${estimate.n}` };
}

/**
 * Where the baseline cannot have a metric (native has no veth pair), its ratios are against another configuration, and
 * a page that says "times native" must say so: ` (against unshare/net=sandbox/seccomp=none)`.
 */
export function againstText(ratios: readonly (Ratio | null)[], baseline: string): string {
  const others = new Set(
    ratios.flatMap((ratio) => ratio?.baseline ?? []).filter((name) => name !== baseline),
  );
  return others.size === 0 ? "" : ` (against ${[...others].join(", ")})`;
}

/** For tables that programs read: whether the medians of the row divide to its ratios; `null` without a ratio. */
export function agreement(ratios: readonly (Ratio | null)[]): "true" | "false" | null {
  const known = ratios.filter((ratio) => ratio !== null);
  return known.length === 0 ? null : known.every(({ values }) => values.agree) ? "true" : "false";
}
