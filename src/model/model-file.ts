/** `model.json` in a run's folder, schema `sbx-bench/model@1`: the fitted model for other programs. */
import { z } from "zod";
import type { ConfigurationModel } from "./cost-model.ts";
import type { CostReport, FamilyTrust, StoredValidation } from "./cost-report.ts";
import type { ExplainedProgram } from "./explain-programs.ts";
import { TERM_NAMES } from "./terms.ts";
import type { ValidatedCell } from "./validate.ts";

const MODEL_SCHEMA = "sbx-bench/model@1";

export type ModelFile = {
  schema: typeof MODEL_SCHEMA;
  runId: string;
  fingerprint: string;
  toolVersion: string;
  /** Without the resampled draws: the intervals are those of each term. Empty where the run could not be fitted. */
  configurations: Omit<ConfigurationModel, "draws">[];
  unfitted: { configuration: string; reason: string }[];
  /** What programs of the run say about the model, by family of configurations. */
  trust: Record<string, FamilyTrust>;
  cells: ValidatedCell[];
  programs: ExplainedProgram[];
};

const term = z.enum(TERM_NAMES);
const parts = z.array(z.object({ term, ns: z.number() }));
const bound = z.number().nullable();

const storedValidation = z.object({
  schema: z.literal(MODEL_SCHEMA),
  cells: z.array(
    z.object({
      program: z.string(),
      configuration: z.string(),
      family: z.string(),
      predicted: z.number().positive(),
      low: bound,
      high: bound,
      measured: z.number().positive(),
      measuredLow: bound,
      measuredHigh: bound,
      dominant: parts,
      naive: z.object({ getpid: bound, average: bound, callCount: bound }),
    }),
  ),
  programs: z.array(
    z.object({
      program: z.string(),
      configuration: z.string(),
      nativeNs: z.number().positive(),
      measured: z.number().positive(),
      measuredLow: bound,
      measuredHigh: bound,
      modelled: z.number().positive(),
      parts,
    }),
  ),
});

export function modelFile(
  { runId, fingerprint, toolVersion }: { runId: string; fingerprint: string; toolVersion: string },
  { model, trust, cells, programs }: CostReport,
): ModelFile {
  return {
    schema: MODEL_SCHEMA,
    runId,
    fingerprint,
    toolVersion,
    configurations: (model?.configurations ?? []).map(({ draws: _, ...member }) => member),
    unfitted: model?.unfitted ?? [],
    trust: Object.fromEntries(trust),
    cells,
    programs,
  };
}

/** @returns `null` for what is no model of this version; the rest of the file is not looked at */
export function storedValidationOf(value: unknown): StoredValidation | null {
  const parsed = storedValidation.safeParse(value);
  return parsed.success ? { cells: parsed.data.cells, programs: parsed.data.programs } : null;
}
