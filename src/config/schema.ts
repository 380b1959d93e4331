/** The shape of `bench.config.ts`, as zod schema: the one source of the types and of the JSON Schema. */
import { z } from "zod";
import { MATRIX_SHAPE } from "../axes/axes.ts";
import { ANY_SHARE, readShare } from "../base/share.ts";

export const PRESETS = ["quick", "standard", "full", "model", "article"] as const;
export type PresetName = (typeof PRESETS)[number];

/** More than any budget pays for. */
export const MOST_ROUNDS = 100_000;

const parameterValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.union([z.string(), z.number()])),
]);

const scenarioUse = z.union([
  z.string().min(1),
  z.strictObject({
    use: z.string().min(1).describe("name of a folder under scenarios/"),
    as: z
      .string()
      // It names folders, too: "." and ".." are others.
      .regex(
        /^(?!\.+$)[\w.-]+$/,
        "may have letters, digits, dots, dashes and underscores only, and not dots alone",
      )
      .optional()
      .describe("name in cell ids and reports, to use one scenario twice with different parameters"),
    params: z.record(z.string(), parameterValue).optional().describe("parameters of the scenario"),
  }),
]);

const matrix = z.strictObject(MATRIX_SHAPE);

/** Bounds beyond which the kernel answers with an errno, or a launch can't be judged; `limit-floors.ts` has the others. */
const limits = z.strictObject({
  launchSeconds: z
    .number()
    .min(0.01, { error: "a launch takes 3 ms at least" })
    .max(86_400)
    .optional()
    .describe("wall-clock limit of one launch"),
  outputMiB: z
    .number()
    .min(0.01, { error: "results are printed, too" })
    .max(65_536, { error: "it is kept in memory" })
    .optional()
    .describe("what one launch may print"),
  memoryMiB: z
    .number()
    .min(1, { error: "no program starts in less" })
    .max(2 ** 33, { error: "no host has more; null is no limit" })
    .nullable()
    .optional()
    .describe("of one launch, its sandbox included; native has no such limit"),
  pids: z
    .int()
    .min(1)
    .max(4_194_304, { error: "the kernel counts no further (PID_MAX_LIMIT); null is no limit" })
    .nullable()
    .optional()
    .describe("processes and threads of one launch, its sandbox included; native has no such limit"),
  cpus: z
    .number()
    .min(0.01, { error: "the kernel gives 1 ms of each 100 ms at least" })
    .max(8192, { error: "the kernel knows no more CPUs (NR_CPUS); null is no limit" })
    .nullable()
    .optional()
    .describe("CPUs of one launch, its sandbox included: 0.5 is half of one; native has no such limit"),
});

/** `10%` or 0.1, as on the command line. The bounds stand beside it for editors; `readShare` decides. */
const shareUpTo = (most: number) =>
  z
    .union([
      z.number().meta({ minimum: 0, exclusiveMaximum: 1 }),
      z.string().meta({ pattern: String.raw`^(\d+(\.\d+)?\s*%|0?\.\d+|0)$` }),
    ])
    .superRefine((given, context) => {
      const read = readShare(given, most);
      if ("mistake" in read) context.addIssue({ code: "custom", message: read.mistake });
    })
    .describe('a share: 0.05, or "5%"');
const share = shareUpTo(ANY_SHARE);

const check = z.strictObject({
  maxRegression: share
    .optional()
    .describe("largest loss that is let pass, where the noise floor is not larger"),
  alpha: z
    .number()
    .gt(0)
    .lt(0.5)
    .optional()
    .describe("chance that even one unchanged metric is called worse"),
  metrics: z
    .array(
      z.strictObject({
        match: z
          .string()
          .min(1)
          .describe("glob of cell::metric, e.g. '*::syscalls::getpid'; the last match wins"),
        maxRegression: share.optional(),
        gate: z.boolean().optional().describe("false: show it, and let it decide nothing"),
      }),
    )
    .optional(),
});

const exclusion = z.union([
  z.string().min(1),
  z.strictObject({ cells: z.string().min(1), reason: z.string().min(1) }),
]);

export const configSchema = z.strictObject({
  $schema: z.string().optional().describe("for editors of a JSON file"),
  preset: z.enum(PRESETS).optional(),
  matrix: matrix.optional(),
  scenarios: z.array(scenarioUse).min(1).optional(),
  scenarioDir: z
    .string()
    .min(1)
    .optional()
    .describe("folder of your own scenarios, beside those of sbx-bench; relative to this file"),
  rounds: z.int().min(1).max(MOST_ROUNDS).optional().describe("launches of every cell"),
  seed: z.union([z.string().min(1), z.int()]).optional(),
  out: z
    .string()
    .min(1)
    .optional()
    .describe("folder of the runs, relative to this file (default: reports, where the command runs)"),
  baselines: z
    .string()
    .min(1)
    .optional()
    .describe("folder of the baselines, relative to this file (default: baselines, where the command runs)"),
  limits: limits.optional(),
  include: z.array(z.string().min(1)).min(1).optional().describe("globs of cell ids to keep"),
  exclude: z.array(exclusion).optional().describe("globs of cell ids to leave out"),
  check: check.optional().describe("what the gate lets pass"),
  precision: shareUpTo(1)
    .optional()
    .describe("half-width of the interval at which --budget lets a cell rest"),
  runsc: z
    .strictObject({
      path: z.string().min(1).optional(),
      flags: z
        .array(z.string().startsWith("--", "has to start with --"))
        .optional()
        .describe("further flags, before `run`"),
      variants: z
        .record(
          z.string().regex(/^[\w.:=+-]+$/, "may have letters, digits and . _ : = + - only"),
          z.array(z.string().startsWith("--", "has to start with --")),
        )
        .optional()
        .describe("named sets of further flags, measured beside each other and against none of them"),
      vary: z
        .array(z.string().min(1))
        .optional()
        .describe("factors to vary, one at a time: directfs, or single levels: overlay2=none"),
      factorial: z.boolean().optional().describe("every combination of the factors under vary"),
    })
    .optional(),
});

/** JSON Schema of the configuration, for editors and for configuration written by programs. */
export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema, { io: "input", target: "draft-2020-12" });
}
