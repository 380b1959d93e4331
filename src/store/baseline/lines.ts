/**
 * A baseline's file, `baselines/NAME/FINGERPRINT.ndjson`: one JSON object a line, made to be committed.
 *
 * In this order: `baseline` (what was run, where), a `metrics` line a scenario, a `cell` line a cell, then for
 * each cell its `launches`, its `failed` launches and a `series` line a metric, and `end`. The order depends on
 * the plan alone, so that two baselines of one plan differ line by line.
 */
import { z } from "zod";
import { NETWORKS } from "../../axes/network.ts";
import { PLATFORMS } from "../../axes/platform.ts";
import { SANDBOXES } from "../../axes/sandbox.ts";
import { RUN_SCHEMA } from "../../samples/run-manifest.ts";

export const BASELINE_SCHEMA = "sbx-bench/baseline@1";

const text = z.string();
const texts = z.record(text, text);
const unit = z.enum(["ns", "bytes", "bytes/s", "1/s", "count"]);
const round = z.int().min(0);

const headLine = z.object({
  type: z.literal("baseline"),
  schema: z.literal(BASELINE_SCHEMA),
  run: z.object({
    schema: z.literal(RUN_SCHEMA),
    runId: text,
    toolVersion: text,
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    rounds: z.int().min(1),
    seed: text,
    preset: text,
    baseline: text,
    fingerprint: z.object({ id: text, fields: texts }),
    versions: texts,
    emulated: z.boolean(),
    warnings: z.array(text),
    harness: z.object({ wallMs: z.number(), launchMs: z.number() }),
    /** Of the configuration: what decides the work that a launch does. */
    scenarios: z.unknown(),
    limits: z.unknown(),
    runscFlags: z.array(text),
    /** Only of a run with filters: name -> SHA-256. */
    filters: texts.optional(),
    /** Only of a run that names its runscs or has variants of their flags. */
    runscs: z.array(z.object({ label: text, version: text, sha256: text.nullable() })).optional(),
    variants: z.array(z.object({ name: text, flags: z.array(text) })).optional(),
  }),
});

const metricsLine = z.object({
  type: z.literal("metrics"),
  scenario: text,
  metrics: z.array(
    z.object({ metric: text, title: text, unit, better: z.enum(["lower", "higher"]), group: text }),
  ),
});

const cellLine = z.object({
  type: z.literal("cell"),
  id: text,
  config: z.object({
    sandbox: z.enum(SANDBOXES),
    platform: z.enum(PLATFORMS).nullable(),
    network: z.enum(NETWORKS),
    seccomp: text,
    runsc: text.optional(),
    flags: text.optional(),
  }),
  scenario: text,
  status: z.enum(["planned", "unavailable"]),
  reason: text.nullable(),
  twinOf: text.optional(),
});

/** The good launches of a cell, by round; one entry of each list a launch. */
const launchesLine = z.object({
  type: z.literal("launches"),
  cell: text,
  rounds: z.array(round),
  positions: z.array(z.int().min(0)),
  /** After the run's start. */
  startedMs: z.array(z.number()),
  /** Rounds of those that other load disturbed. */
  disturbed: z.array(round),
});

const failedLine = z.object({
  type: z.literal("failed"),
  cell: text,
  round,
  position: z.int().min(0),
  startedMs: z.number(),
  kind: z.enum(["hang", "spawn", "crash", "garbage", "flood", "early-exit", "check", "server", "harness"]),
  message: text,
});

/** One metric of one cell: a value a launch, and for an operation a few batches of each. */
const seriesLine = z.object({
  type: z.literal("series"),
  cell: text,
  metric: text,
  unit,
  rounds: z.array(round),
  values: z.array(z.number()),
  batches: z.array(z.array(z.number())).nullable(),
});

/** Lines before this one: a file without it, or with another number, is not whole. */
const endLine = z.object({ type: z.literal("end"), lines: z.int() });

export const baselineLine = z.discriminatedUnion("type", [
  headLine,
  metricsLine,
  cellLine,
  launchesLine,
  failedLine,
  seriesLine,
  endLine,
]);

export type BaselineLine = z.infer<typeof baselineLine>;
export type LineOf<T extends BaselineLine["type"]> = Extract<BaselineLine, { type: T }>;
