/** What a run of the probes leaves: `probes.json`, for other programs and for the gate. */
import { z } from "zod";
import type { Configuration } from "../axes/configuration.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { postureSchema } from "./posture/posture.ts";
import { VERDICTS } from "./verdict.ts";

export const PROBES_SCHEMA = "sbx-bench/probes@1";

const probeVerdictSchema = z.object({
  probe: z.string(),
  verdict: z.enum(VERDICTS),
  /** The evidence, the error, or why nothing is known. */
  detail: z.string(),
});
export type ProbeVerdict = z.infer<typeof probeVerdictSchema>;

const configurationSchema = z.object({
  id: z.string(),
  config: z.custom<Configuration>((value) => typeof value === "object" && value !== null),
  /** `planned` in a run that is under way or was broken off. */
  status: z.enum(["planned", "probed", "failed", "unavailable", "excluded"]),
  reason: z.string().nullable(),
  wallMs: z.number(),
  verdicts: z.array(probeVerdictSchema),
  /** From outside: of the program, or of the sandbox's own kernel where it has one. */
  posture: postureSchema.nullable(),
  /** What the kernel of the sandbox told the program of itself. */
  inside: z.record(z.string(), z.string()).nullable(),
});
export type ConfigurationProbes = z.infer<typeof configurationSchema>;

export const probesSchema = z.object({
  schema: z.literal(PROBES_SCHEMA),
  id: z.string(),
  toolVersion: z.string(),
  startedAt: z.string(),
  /** null: it was broken off, and `--resume` continues it. */
  endedAt: z.string().nullable(),
  host: z.object({
    fingerprint: z.object({ id: z.string(), fields: z.record(z.string(), z.string()) }),
    kernel: z.string(),
    /** The user that the sandboxes were launched by. */
    launchedBy: z.enum(["root", "plain user"]),
  }),
  /** As resolved: what `--resume` goes on with. */
  config: z.custom<ResolvedConfig>((value) => typeof value === "object" && value !== null),
  versions: z.record(z.string(), z.string()),
  /** Names of the probes that were asked for. */
  probes: z.array(z.string()),
  configurations: z.array(configurationSchema),
  warnings: z.array(z.string()),
});
export type ProbesResult = z.infer<typeof probesSchema>;
