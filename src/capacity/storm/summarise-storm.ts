/** What a storm says: success first, then quantiles as far as there are starts enough. Pure. */
import { moments } from "../../stats/distributions/moments.ts";
import { quantileInterval } from "../../stats/estimates/quantile-interval.ts";
import type { Quantile, Start, StormSummary } from "./storm-types.ts";

const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 };
const REASONS = 3;

/** @param wallS of the whole storm */
export function summariseStorm(starts: readonly Start[], wallS: number): StormSummary {
  const good = starts.filter(({ failure, readyS }) => failure === null && readyS !== null);
  const reasons = new Set(starts.flatMap(({ failure }) => (failure === null ? [] : [failure])));
  const readyS = good.map((start) => start.readyS! - start.begunS);
  return {
    starts: starts.length,
    failed: starts.length - good.length,
    failures: [...reasons].slice(0, REASONS),
    ratePerS: good.length / wallS,
    ready: Object.fromEntries(Object.entries(QUANTILES).map(([name, q]) => [name, quantileOf(readyS, q)])),
    meanTotalS: good.length === 0 ? 0 : moments(good.map(({ begunS, endedS }) => endedS - begunS)).mean,
  };
}

function quantileOf(valuesS: readonly number[], q: number): Quantile {
  const found = quantileInterval(valuesS, q);
  if (found.kind === "too few") return { needed: found.needed };
  return { estimateS: found.estimate, lowS: found.low, highS: found.high! };
}

/** Beyond this the generator, and not the host, made the times. */
const MOST_LAG_S = 0.005;

/** 99th percentile of how late starts began, s, and the sentence that refuses the storm for it. */
export function lagOf(starts: readonly Start[]): { lagP99S: number; refused: string | null } {
  const lags = starts.map(({ intendedS, begunS }) => begunS - intendedS).sort((a, b) => a - b);
  // The upper order statistic: no interpolation hides a late one.
  const lagP99S = lags[Math.min(lags.length - 1, Math.ceil(0.99 * lags.length) - 1)] ?? 0;
  if (lagP99S <= MOST_LAG_S) return { lagP99S, refused: null };
  return {
    lagP99S,
    refused: `the generator itself was late by ${(lagP99S * 1000).toFixed(1)} ms (p99), more than ${MOST_LAG_S * 1000} ms: plan this rate, do not drive it from this host`,
  };
}
