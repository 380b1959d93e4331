/** What a comparison needs of a launch, and no more: one value a metric, and a few batches for the bootstrap. */
import type { LaunchFailure, LaunchRecord, OpSample, ValueSample } from "../samples/launch-record.ts";
import type { MetricMeta } from "../samples/metric-meta.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { median } from "../stats/distributions/quantile.ts";
import { hostValue } from "../stats/summaries/host-metrics.ts";
import { launchMedian } from "../stats/summaries/launch-median.ts";

/** Enough to tell the noise inside a launch from the noise between launches; fewer than make a warm-up. */
const BLOCKS = 5;
/** Digits of a block: more than any clock here resolves. */
const BLOCK_DIGITS = 6;
/** Digits of a launch's value: a median of two values has one more, and the rest is binary noise. */
const VALUE_DIGITS = 12;

/**
 * Launches as a baseline keeps them. A run is reduced in the same way before it is compared with a baseline, so
 * that like is held against like.
 *
 * Of an operation: the launch's value (the median after warm-up), and up to five batches, each the median of a
 * fifth of the settled ones in time order. Host metrics that the manifest declares become plain values.
 * A value that is not finite counts as not taken. What is not kept is `null`, empty, or NaN where the record's
 * type has no null.
 */
export function reduceLaunches(manifest: RunManifest, launches: readonly LaunchRecord[]): LaunchRecord[] {
  const scenarios = new Map(manifest.cells.map((cell) => [cell.id, cell.scenario]));
  return launches.map((launch) => {
    const scenario = scenarios.get(launch.cell);
    return reduceLaunch(launch, scenario === undefined ? [] : (manifest.metrics[scenario] ?? []));
  });
}

function reduceLaunch(launch: LaunchRecord, declared: readonly MetricMeta[]): LaunchRecord {
  const { schema, cell, round, position, startedAt, status, failure } = launch;
  const good = status === "ok";
  return {
    ...nothingKept(),
    ...{ schema, cell, round, position, startedAt, status },
    failure: failure === null ? null : withoutOutput(failure),
    load: { ...nothingKept().load, disturbed: launch.load.disturbed.length > 0 ? [...DISTURBED] : [] },
    ops: good ? launch.ops.map(reduceOp).filter(({ median }) => Number.isFinite(median)) : [],
    values: good
      ? [...launch.values, ...hostValues(launch, declared)].filter(({ value }) => Number.isFinite(value))
      : [],
  };
}

function withoutOutput({ kind, message, exitCode, signal }: LaunchFailure): LaunchFailure {
  return { kind, message, exitCode, signal, stdoutTail: "", stderrTail: "" };
}

/** Stands for the reasons, which are not kept. */
export const DISTURBED = ["disturbed when it was measured"] as const;

function reduceOp(sample: OpSample): OpSample {
  const { value, settled } = launchMedian(sample);
  // JSON has null for NaN.
  const rounded = Number.isFinite(value) ? Number(value.toPrecision(VALUE_DIGITS)) : Number.NaN;
  return keptOp(sample.op, sample.unit, rounded, blocks(settled));
}

/** An operation of which only the launch's value and a few batches are known. */
export function keptOp(op: string, unit: OpSample["unit"], value: number, batches: number[]): OpSample {
  const none = { p10: null, p50: null, p90: null, p99: null, histogram: [] };
  return { op, unit, iterations: Number.NaN, batchSize: Number.NaN, batches, median: value, ...none };
}

function blocks(batches: readonly number[]): number[] {
  const size = batches.length / BLOCKS;
  const parts =
    size <= 1
      ? batches.map((value) => [value])
      : Array.from({ length: BLOCKS }, (_, block) =>
          batches.slice(Math.round(block * size), Math.round((block + 1) * size)),
        );
  if (!batches.every(Number.isFinite)) return [];
  return parts.map((part) => Number(median(part).toPrecision(BLOCK_DIGITS)));
}

/** What the launch itself printed under a metric's name comes before what the host took. */
function hostValues(launch: LaunchRecord, declared: readonly MetricMeta[]): ValueSample[] {
  const printed = new Set([...launch.ops.map(({ op }) => op), ...launch.values.map(({ name }) => name)]);
  return declared
    .filter(({ metric }) => !printed.has(metric))
    .flatMap(({ metric: name, unit }) => {
      const value = hostValue(launch, name);
      return value === null ? [] : [{ name, unit, value }];
    });
}

/** The parts of a record that a reduced launch does not have. */
export function nothingKept(): Omit<
  LaunchRecord,
  "schema" | "cell" | "round" | "position" | "startedAt" | "status" | "failure"
> {
  const unknown = {
    load1: Number.NaN,
    stealTicks: Number.NaN,
    busyTicks: Number.NaN,
    totalTicks: Number.NaN,
    cpuPressureUs: null,
    memAvailableBytes: Number.NaN,
  };
  return {
    phases: { prepareNs: Number.NaN, readyNs: null, workNs: null, exitNs: null, cleanupNs: Number.NaN },
    load: { before: unknown, after: unknown, disturbed: [] },
    cpuNs: null,
    clock: null,
    ops: [],
    values: [],
    checks: [],
    skips: [],
    memory: [],
  };
}
