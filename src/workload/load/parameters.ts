/** The load that the scenario's parameters ask for (docs/servers.md). Pure. */
import { z } from "zod";
import { SbxError } from "../../base/errors.ts";
import type { ParameterValue } from "../define-scenario.ts";

const PROTOCOLS = ["http1", "http2", "tcp"] as const;
const ARRIVALS = ["constant", "poisson"] as const;

const ms = z.number().min(1).max(3_600_000);

/** Requests a second: what one generator can be asked for. */
const rate = z.string().refine((text) => Number(text) >= 1 && Number(text) <= 1_000_000, {
  error: "has to be a number from 1 to 1,000,000: requests a second",
});

const schema = z.object({
  port: z.int().min(1).max(65_535),
  protocol: z.enum(PROTOCOLS),
  method: z.string().regex(/^[A-Z]+$/, "has to be a method in capitals: GET"),
  path: z.string().regex(/^\/\S*$/, "has to start with / and to have no blanks"),
  healthPath: z.string().regex(/^(\/\S*)?$/, "has to start with / and to have no blanks"),
  headers: z.array(z.string().regex(/^[^:\r\n]+:[^\r\n]*$/, "has to be NAME: VALUE")),
  body: z.string(),
  expectStatus: z.union([z.literal(0), z.int().min(100).max(599)], { error: "has to be 0 or 100 to 599" }),
  connections: z.int().min(1).max(10_000),
  arrivals: z.enum(ARRIVALS),
  rates: z.array(rate).min(1),
  warmupMs: z.number().min(0).max(3_600_000),
  durationMs: ms,
  timeoutMs: ms,
  upTimeoutMs: ms,
  p99LimitMs: z.number().positive(),
  refine: z.int().min(0).max(12),
  maxErrorShare: z.number().min(0).max(1),
  maxLagMs: z.number().positive(),
});

/** Times in ms, rates in requests a second, ascending and each once. */
export type Load = Omit<z.infer<typeof schema>, "rates"> & { rates: number[] };

/** @throws SbxError (exit code 2) for a parameter that no load can be made of */
export function loadOf(as: string, params: Readonly<Record<string, ParameterValue>>): Load {
  const parsed = schema.safeParse(params);
  if (parsed.success && !(parsed.data.protocol === "tcp" && parsed.data.body === "")) {
    const rates = [...new Set(parsed.data.rates.map(Number))].sort((a, b) => a - b);
    return { ...parsed.data, rates };
  }
  const issue = parsed.error?.issues[0];
  const name = String(issue?.path[0] ?? "body");
  throw new SbxError({
    what: `Parameter "${name}" of scenario "${as}" is ${JSON.stringify(params[name])}`,
    why: issue?.message ?? 'With protocol "tcp" the body is what the server sends back: at least one byte.',
    fix: `Correct scenarios[...].params.${name} of "${as}"; docs/servers.md lists them.`,
  });
}

/** A server that fell behind may catch up for so long after each phase (drainNs of the generator). */
const DRAIN_MS = 1000;

/** What one launch takes at most, from the server's start to its end; ms. */
function longestMs(load: Load): number {
  const phase = load.warmupMs + load.durationMs + Math.min(DRAIN_MS, load.timeoutMs);
  return load.upTimeoutMs + (load.rates.length + load.refine) * phase;
}

/** @throws SbxError (exit code 2) where launches would be killed for taking as long as they were told to */
export function requireTime(as: string, load: Load, launchMs: number): void {
  const needed = longestMs(load);
  if (needed < launchMs) return;
  const phases = load.rates.length + load.refine;
  throw new SbxError({
    what: `A launch of scenario "${as}" may take ${seconds(needed)} s, and is killed after ${seconds(launchMs)} s`,
    why: `It has up to ${seconds(load.upTimeoutMs)} s to come up, and then ${phases} phases (rates and refine) of warmupMs, durationMs and up to 1 s to catch up.`,
    fix: `Set limits.launchSeconds to ${Math.ceil(needed / 1000) + 10}, or ask for fewer rates or shorter phases.`,
  });
}

function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
