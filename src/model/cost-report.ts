/** All that a report says about costs beyond what was measured: the model, and programs that test it. */
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { calibrate, familyOf } from "./calibrate.ts";
import { boundOf } from "./conformal.ts";
import type { CostModel } from "./cost-model.ts";
import { type ExplainedProgram, explainPrograms } from "./explain-programs.ts";
import { fitModel } from "./fit-model.ts";
import { measuredPrograms } from "./measured-programs.ts";
import { type Corrections, NO_CORRECTIONS } from "./term-groups.ts";
import { familyScores, leaveOneOut, type ValidatedCell } from "./validate.ts";

/** What programs of the run say about the model in one family of configurations. */
export type FamilyTrust = {
  corrections: Corrections;
  /** Size of the error that 90 % of the next programs stay below, see `score`; `null` = too few programs. */
  errorBound: number | null;
  /** Cells behind it: programs times configurations of the family. */
  cells: number;
};

export type CostReport = {
  /** `null`: the run measured programs alone, or nothing beside the baseline. */
  model: CostModel | null;
  /** By family; empty without programs. */
  trust: ReadonlyMap<string, FamilyTrust>;
  /** Programs predicted without having been seen. */
  cells: ValidatedCell[];
  programs: ExplainedProgram[];
};

/** What a report takes from `model.json`: predictions whose model was fitted to another run. */
export type StoredValidation = Pick<CostReport, "cells" | "programs">;

/**
 * @param profiles of the run's programs, by the scenario's name in cell ids
 * @param stored predictions that were made from another run; used where this run has none of its own
 * @returns `null` where nothing can be said; always for an emulated processor
 */
export function costReport(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
  profiles: ReadonlyMap<string, ProgramProfile>,
  stored: StoredValidation | null,
): CostReport | null {
  if (manifest.emulated) return null;
  const fitted = fitModel(manifest, launches);
  const model = fitted === null || fitted.configurations.length === 0 ? null : fitted;
  const programs = model === null ? [] : measuredPrograms(manifest, launches, profiles);
  const cells = model === null ? [] : leaveOneOut(model, programs);
  const explained = model === null ? [] : explainPrograms(model, programs);
  if (model === null && (stored === null || stored.cells.length === 0)) return null;
  const own = cells.length > 0;
  return {
    model,
    trust: model === null || !own ? new Map() : trustOf(model, programs, cells),
    cells: own ? cells : (stored?.cells ?? []),
    programs: own ? explained : (stored?.programs ?? []),
  };
}

function trustOf(
  model: CostModel,
  programs: Parameters<typeof calibrate>[1],
  cells: readonly ValidatedCell[],
): Map<string, FamilyTrust> {
  const corrections = calibrate(model, programs);
  const families = [...new Set(model.configurations.map(familyOf))].filter((family) =>
    cells.some((cell) => cell.family === family),
  );
  return new Map(
    families.map((family) => {
      const scores = familyScores(cells, family, null);
      const own = corrections.get(family) ?? NO_CORRECTIONS;
      return [family, { corrections: own, errorBound: boundOf(scores), cells: scores.length }];
    }),
  );
}
