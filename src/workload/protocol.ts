/** Reads what a scenario program prints; docs/protocol.md is its description. Strict: trust is the product. */
import { z } from "zod";
import { oneLine } from "../base/short-text.ts";
import type {
  CheckSample,
  ClockRecord,
  OpSample,
  SkipSample,
  ValueSample,
} from "../samples/launch-record.ts";

const unit = z.enum(["ns", "bytes", "bytes/s", "1/s", "count"]);
/** JSON has no NaN or infinity, so `number` is finite; a time below zero is a broken clock. */
const amount = z.number().nonnegative();

const message = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    v: z.literal(1),
    scenario: z.string(),
    go: z.string(),
    gomaxprocs: z.int().positive(),
  }),
  z.strictObject({
    type: z.literal("clock"),
    source: z.enum(["tsc", "monotonic"]),
    hzStart: z.number().positive(),
    hzEnd: z.number().positive(),
    readCostNs: amount,
  }),
  z.strictObject({
    type: z.literal("op"),
    op: z.string().min(1),
    unit,
    iterations: z.int().positive(),
    batchSize: z.int().positive(),
    batches: z.array(amount).min(1),
    median: amount,
    p10: amount.nullable(),
    p50: amount.nullable(),
    p90: amount.nullable(),
    p99: amount.nullable(),
    histogram: z.array(z.tuple([amount, z.int().positive()])),
  }),
  z.strictObject({ type: z.literal("value"), name: z.string().min(1), unit, value: z.number() }),
  z.strictObject({
    type: z.literal("check"),
    name: z.string().min(1),
    ok: z.boolean(),
    expected: z.string(),
    actual: z.string(),
  }),
  z.strictObject({ type: z.literal("skip"), op: z.string().min(1), reason: z.string().min(1) }),
  z.strictObject({ type: z.literal("mark"), name: z.string().min(1) }),
  z.strictObject({ type: z.literal("ready"), port: z.int().positive() }),
  z.strictObject({ type: z.literal("serve") }),
  z.strictObject({ type: z.literal("end") }),
]);

export type ProtocolMessage = z.infer<typeof message>;

/** Check of the scenarios `program` and `server`: how the command ended. */
export const EXIT_STATUS_CHECK = "exit-status";

/** What a launch said, collected. */
export type Transcript = {
  clock: ClockRecord | null;
  ops: OpSample[];
  values: ValueSample[];
  checks: CheckSample[];
  skips: SkipSample[];
};

export function emptyTranscript(): Transcript {
  return { clock: null, ops: [], values: [], checks: [], skips: [] };
}

/** @returns the message, or a sentence that says what is wrong with the line */
export function parseLine(line: string): ProtocolMessage | { garbage: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { garbage: `not a JSON line: ${oneLine(line, 120)}` };
  }
  const parsed = message.safeParse(json);
  if (parsed.success) return parsed.data;
  return {
    garbage: `no protocol line (${oneLine(z.prettifyError(parsed.error), 200)}): ${oneLine(line, 120)}`,
  };
}

/** Adds a message's content to the transcript; messages that only steer the launch add nothing. */
export function collect(transcript: Transcript, said: ProtocolMessage): void {
  switch (said.type) {
    case "clock": {
      const { type: _, ...clock } = said;
      transcript.clock = clock;
      return;
    }
    case "op": {
      const { type: _, ...op } = said;
      transcript.ops.push(op);
      return;
    }
    case "value": {
      const { type: _, ...value } = said;
      transcript.values.push(value);
      return;
    }
    case "check": {
      const { type: _, ...check } = said;
      transcript.checks.push(check);
      return;
    }
    case "skip": {
      const { type: _, ...skip } = said;
      transcript.skips.push(skip);
      return;
    }
    default:
      return;
  }
}
