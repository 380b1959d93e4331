/** From the generator's results to what a launch's record keeps. Pure. */
import type { OpSample, SkipSample, ValueSample } from "../../samples/launch-record.ts";
import { atRate, CAPACITY, FIRST_ANSWER, QUANTILES } from "../../workload/load/metrics.ts";
import type { PhaseResult } from "./events.ts";
import type { LoadFailure } from "./words.ts";

export type Measured = { ops: OpSample[]; values: ValueSample[]; skips: SkipSample[] };

/** @param cpuNs of the launch, from the phase's begin to its end; null where it is not counted */
export function phaseSamples(result: PhaseResult, cpuNs: number | null): Measured {
  const { rate, latency, sinceStart } = result;
  const measured: Measured = { ops: [], values: [], skips: [] };
  const value = (metric: string, unit: ValueSample["unit"], amount: number): void => {
    measured.values.push({ name: atRate(metric, rate), unit, value: amount });
  };
  const skip = (metric: string, reason: string): void => {
    measured.skips.push({ op: atRate(metric, rate), reason });
  };
  if (latency.count > 0) {
    measured.ops.push({
      op: atRate("latency", rate),
      unit: "ns",
      iterations: latency.count,
      batchSize: 1,
      batches: [latency.p50],
      median: latency.p50,
      p10: latency.p10,
      p50: latency.p50,
      p90: latency.p90,
      p99: latency.p99,
      histogram: result.histogram,
    });
  }
  const quantiles = { p90: latency.p90, p99: latency.p99, "p99.9": latency.p999 };
  for (const { key, least } of QUANTILES) {
    if (latency.count >= least) value(key, "ns", quantiles[key]);
    else skip(key, `${latency.count} requests say little about it; ${least} are needed: a longer durationMs`);
  }
  value("throughput", "1/s", result.throughput);
  value("failed", "count", result.intended - result.answered);
  if (cpuNs === null) skip("cpu", "this host does not count it");
  else if (sinceStart === 0) skip("cpu", "no request was answered");
  else value("cpu", "ns", cpuNs / sinceStart);
  return measured;
}

export function skippedRate(rate: number, reason: string): Measured {
  const metrics = ["latency", ...QUANTILES.map(({ key }) => key), "throughput", "failed", "cpu"];
  return { ops: [], values: [], skips: metrics.map((metric) => ({ op: atRate(metric, rate), reason })) };
}

export function capacitySample(holds: number, p99LimitMs: number): Measured {
  if (holds > 0) return { ops: [], values: [{ name: CAPACITY, unit: "1/s", value: holds }], skips: [] };
  const reason = `no rate that was tried had every request answered and its p99 within ${p99LimitMs} ms`;
  return { ops: [], values: [], skips: [{ op: CAPACITY, reason }] };
}

export function firstAnswerSample(ns: number): ValueSample {
  return { name: FIRST_ANSWER, unit: "ns", value: ns };
}

/** Wrong answers and lost connections, as a share of all; those that only waited too long are the load's doing. */
export function tooManyErrors({ rate, intended, errors }: PhaseResult, allowed: number): LoadFailure | null {
  const kinds = Object.entries(errors).sort(([, a], [, b]) => b - a);
  const failed = kinds.reduce((sum, [, count]) => sum + count, 0);
  const share = failed / Math.max(1, intended);
  const [most] = kinds;
  if (most === undefined || share <= allowed) return null;
  const percent = (100 * share).toFixed(share < 0.1 ? 1 : 0);
  const words = `at ${rate.toLocaleString("en")} requests/s ${percent} % failed, ${most[1]} with "${most[0]}"`;
  return { kind: "errors", detail: `${words}; params.maxErrorShare allows ${100 * allowed} %` };
}
