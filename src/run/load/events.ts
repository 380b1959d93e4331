/** Reads what the load generator says; its source is src/go/cmd/sbx-load. */
import { z } from "zod";

const count = z.int().nonnegative();
const quantiles = z.object({
  count,
  p10: count,
  p50: count,
  p90: count,
  p99: count,
  p999: count,
  max: count,
});

const result = z.object({
  rate: z.number().positive(),
  intended: count,
  answered: count,
  errors: z.record(z.string(), count),
  timeouts: count,
  dropped: count,
  throughput: z.number().nonnegative(),
  sinceStart: count,
  latency: quantiles,
  lag: quantiles,
  histogram: z.array(z.tuple([count, count])),
  holds: z.boolean(),
});

/** One phase; times in ns, rates in requests a second. */
export type PhaseResult = z.infer<typeof result>;

const FAILURES = [
  "port-in-use",
  "not-listening",
  "no-answer",
  "bad-answer",
  "errors",
  "tls",
  "lag",
  "broken",
  "generator",
] as const;
export type LoadFailureKind = (typeof FAILURES)[number];

const event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("armed") }),
  z.object({ type: z.literal("up"), atNs: z.number().positive() }),
  z.object({ type: z.literal("phase-begins"), rate: z.number() }),
  z.object({ type: z.literal("phase"), result }),
  z.object({ type: z.literal("skipped"), rate: z.number(), reason: z.string() }),
  z.object({
    type: z.literal("done"),
    capacity: z.object({ holds: z.number().nonnegative(), fails: z.number().nonnegative() }),
  }),
  z.object({ type: z.literal("failed"), kind: z.enum(FAILURES), detail: z.string() }),
]);

export type LoadEvent = z.infer<typeof event>;

/** @throws where the line is none of the generator's: it is ours, so that is a mistake of ours */
export function parseEvent(line: string): LoadEvent {
  return event.parse(JSON.parse(line));
}
