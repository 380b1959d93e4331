/** Numbers of a comparison for people. A change is always one of cost: above 0 is worse, whatever the unit. */
import { durationText } from "../../base/duration-text.ts";
import type { Effect, MetricComparison } from "../../check/comparison-types.ts";

import { plural } from "../kit/format.ts";

/** From this ratio on a factor reads better than a percentage. */
const FACTOR_FROM = 2;
/** Instead of a change, where a value is 0. */
const NO_RATIO = "no ratio";
/** What a sign means, in every comparison. */
export const COST_NOTE = "Costs above 0 % (factors above 1) are worse, whatever the unit.";
/** A smaller part of a limit would be shown as 0. */
const LEAST_SHOWN = 0.0005;

/** `+12.4 %`, `-3.1 %`, `2.31x` */
export function changeText(ratio: number): string {
  if (ratio >= FACTOR_FROM || ratio < 1 / FACTOR_FROM) return factor(ratio);
  return `${signed(ratio)} %`;
}

/** As `changeText`, of a metric; a share of 0 says nothing, and the two values stand beside it. */
export function changeOf({ effect, offset }: MetricComparison): string {
  return offset > 0 ? NO_RATIO : changeText(effect.ratio);
}

/** `0 in 12 of 12 launches of a and in 3 of 12 of b`: why there is no ratio; empty where there is one. */
export function zerosText({ a, b, offset }: MetricComparison): string {
  if (offset === 0) return "";
  return `0 in ${a.zeros} of ${plural(a.launches, "launch", "launches")} of a and in ${b.zeros} of ${b.launches} of b`;
}

export function intervalOf({ effect, offset }: MetricComparison): string {
  return offset > 0 ? "" : intervalText(effect);
}

/** `[+10.1, +14.9]` after a percentage, `[2.20, 2.44]` after a factor; `[too few launches]` where there is none. */
export function intervalText({ ratio, ciLow, ciHigh }: Effect): string {
  if (ciLow === null && ciHigh === null) return "[too few launches]";
  const asFactor = ratio >= FACTOR_FROM || ratio < 1 / FACTOR_FROM;
  const bound = (value: number | null, unbounded: string) => {
    if (value === null) return unbounded;
    return asFactor ? factor(value).slice(0, -1) : signed(value);
  };
  return `[${bound(ciLow, "-inf")}, ${bound(ciHigh, "+inf")}]`;
}

/** `5 %`, `0.8 %`, `150 %` of a share. */
export function percentText(share: number): string {
  const percent = share * 100;
  const text = percent.toFixed(percent < 10 ? 1 : 0);
  return `${text.replace(/\.0$/, "")} %`;
}

/** `5 %`, `7.2 % (noise floor)`, `9.1 % (2 % + 7.1 % drift)`: what a change must exceed to count. */
export function limitText(metric: MetricComparison): string {
  const { delta, deltaFrom, driftAllowance } = metric;
  const floor = deltaFrom === "noise floor" ? "noise floor" : "";
  if (!isForDrift(metric)) return floor === "" ? percentText(delta) : `${percentText(delta)} (${floor})`;
  const parts = `${percentText(delta - driftAllowance)} + ${percentText(driftAllowance)} drift`;
  return `${percentText(delta)} (${floor === "" ? parts : `${floor} ${parts}`})`;
}

/** ` within 2 % to 34 %` of those called the same: on a noisy host that says little, and must not look like more. */
export function withinText(metrics: readonly Pick<MetricComparison, "verdict" | "delta">[]): string {
  const limits = metrics.filter(({ verdict }) => verdict === "same").map(({ delta }) => delta);
  if (limits.length === 0) return "";
  const [least, most] = [percentText(Math.min(...limits)), percentText(Math.max(...limits))];
  return ` within ${least === most ? least : `${least} to ${most}`}`;
}

/** Whether a part of the limit that a reader would notice is for drift. */
export function isForDrift({ driftAllowance }: MetricComparison): boolean {
  return driftAllowance >= LEAST_SHOWN;
}

/** What this comparison could have found, and what would settle it; empty where it found something. */
export function powerText(metric: MetricComparison): string {
  const { verdict, mde, offset } = metric;
  if (verdict === "worse" || verdict === "better") return "";
  const found =
    mde === null ? "too few launches to find any loss" : `would find a loss of ${percentText(mde)}`;
  const reach = offset > 0 && mde !== null ? [] : [found];
  if (verdict !== "unclear") return reach.join();
  return [unclearText(metric), ...reach, `${priceText(metric)}`].join("; ");
}

/** Why an interval decides nothing. */
function unclearText({
  effect: { ratio, ciLow, ciHigh },
  delta,
  n,
  pWorse,
  pBetter,
  offset,
}: MetricComparison): string {
  if (ciLow === null || ciHigh === null) return `${plural(n, "launch", "launches")} give no interval`;
  if (offset > 0) return "a value of 0 leaves only the tests, and they do not decide";
  const [loss, gain] = [1 + delta, 1 / (1 + delta)];
  if (ciLow > loss || ciHigh < gain) {
    const p = ratio > 1 ? pWorse : pBetter;
    return `beyond the limit, but among all metrics it could be chance (p = ${p.toPrecision(2)})`;
  }
  if (ciLow < gain && ciHigh > loss) return "its interval holds a loss beyond the limit and a gain as well";
  if (ciHigh > loss) {
    return ciLow > 1
      ? "it costs more, perhaps less than the limit allows"
      : "its interval holds a loss beyond the limit, and none";
  }
  if (ciLow < gain)
    return ciHigh < 1
      ? "it costs less, perhaps by less than the limit"
      : "its interval holds a gain beyond the limit, and none";
  return "within the limit, but not yet significantly so";
}

function priceText({ roundsToSettle, settleNs }: MetricComparison): string {
  if (roundsToSettle === null) return "settling it is out of reach: use a quieter host or a wider limit";
  const time = settleNs === null || settleNs === 0 ? "" : ` (about ${durationText(settleNs / 1e6)} more)`;
  return `${roundsToSettle} rounds would settle it${time}`;
}

/** `41 rounds`, `out of reach`; empty where nothing is open. */
export function settleText({ verdict, roundsToSettle }: MetricComparison): string {
  if (verdict !== "unclear") return "";
  return roundsToSettle === null ? "out of reach" : `${roundsToSettle} rounds`;
}

function signed(ratio: number): string {
  const percent = (ratio - 1) * 100;
  const text = percent.toFixed(1);
  if (text === "-0.0") return "0.0";
  return percent > 0 && text !== "0.0" ? `+${text}` : text;
}

function factor(ratio: number): string {
  return `${ratio.toFixed(ratio >= 9.95 ? 1 : ratio < 0.095 ? 3 : 2)}x`;
}
