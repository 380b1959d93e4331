/** The cost model of a stored run, with the programs that correct it. What `predict` and `tune` stand on. */
import { basename } from "node:path";
import { SbxError } from "../../base/errors.ts";
import type { MeasuredProgram } from "../../model/calibrate.ts";
import type { CostModel } from "../../model/cost-model.ts";
import { fitModel } from "../../model/fit-model.ts";
import { measuredPrograms } from "../../model/measured-programs.ts";
import { missingScenarios } from "../../model/missing-cells.ts";
import { plural } from "../../report/kit/format.ts";
import { runsByStart } from "../../run/find-run.ts";
import { differingFields, isSameHost, unrecordedNote } from "../../samples/differing-fields.ts";
import type { Fingerprint, RunManifest } from "../../samples/run-manifest.ts";
import { loadRun } from "../../store/load-run.ts";
import { readRunProfiles } from "../../store/run-profiles.ts";
import { saySkipped, sayStored } from "../stored-notes.ts";
import type { Say } from "../use-case.ts";

export type ModelHere = {
  model: CostModel;
  programs: MeasuredProgram[];
  manifest: RunManifest;
  /** Folder of the run. */
  dir: string;
  /** For people: `run 20261124-2210-model (9 rounds, corrected by 16 programs)`. */
  source: string;
  warnings: string[];
};

const MEASURE = "sbx-bench run --matrix --preset model";

/**
 * @param named id or folder of a run; `null` = the newest of this host that has the cells
 * @param host this host's fingerprint
 * @throws SbxError (exit code 2) where no run can be fitted: says which cells are missing and how to measure them
 */
export function modelHere(
  named: string | null,
  out: string,
  host: Fingerprint,
  allowUnlike: boolean,
  say: Say,
): ModelHere {
  const run = loadRun(named ?? newestFit(out, host), out);
  sayStored(say, run);
  const { manifest, launches } = run;
  const warnings = unlikeWarnings(manifest, host, allowUnlike);
  const missing = missingScenarios(manifest.cells, manifest.baseline);
  const model = missing.length > 0 ? null : fitModel(manifest, launches);
  if (model === null || model.configurations.length === 0) {
    const cells = missing.map((scenario) => `${manifest.baseline}::${scenario}`);
    throw new SbxError({
      what: `No cost model can be fitted to run ${manifest.runId}`,
      why:
        cells.length > 0
          ? `It has not measured ${cells.join(", ")}, nor can anything be compared with them.`
          : "It has measured the baseline, and nothing beside it.",
      fix: `Measure what is needed: ${MEASURE}`,
    });
  }
  const { profiles, skipped } = readRunProfiles(run.path);
  saySkipped(say, skipped);
  const programs = measuredPrograms(manifest, launches, profiles);
  return {
    model,
    programs,
    manifest,
    dir: run.path,
    source: `run ${basename(run.path)} (${plural(manifest.rounds, "round")}${
      programs.length === 0 ? "" : `, corrected by ${plural(programs.length, "program")}`
    })`,
    warnings: [...warnings, ...incomplete(manifest, model)],
  };
}

function newestFit(out: string, host: Fingerprint): string {
  const runs = runsByStart(out);
  for (const { dir, manifest } of runs.toReversed()) {
    if (!isSameHost(manifest.fingerprint, host) || manifest.sides !== undefined) continue;
    if (missingScenarios(manifest.cells, manifest.baseline).length === 0) return dir;
  }
  throw new SbxError({
    what: "There is no run to predict from",
    why:
      runs.length === 0
        ? `${out} holds no runs.`
        : `None of the ${plural(runs.length, "run")} in ${out} is of this host and has all cells that a model needs.`,
    fix: `Measure them: ${MEASURE}`,
  });
}

function unlikeWarnings(manifest: RunManifest, host: Fingerprint, allowUnlike: boolean): string[] {
  const fields = differingFields(manifest.fingerprint, host).map(
    ({ field, a, b }) => `${field}: ${a} there, ${b} here`,
  );
  if (fields.length === 0) {
    const unrecorded = unrecordedNote(manifest.fingerprint, host);
    return unrecorded === null ? [] : [`run ${manifest.runId}: ${unrecorded}`];
  }
  const what = `Run ${manifest.runId} was measured on another host`;
  if (allowUnlike) return [`${what}: ${fields.join("; ")}`];
  throw new SbxError({
    what,
    why: `Its costs are not this host's.\n${fields.join("\n")}`,
    fix: `Measure here: ${MEASURE}; or use it all the same with --allow-unlike.`,
  });
}

/** Configurations that lack scenarios lack terms: said once, with what would measure them. */
function incomplete(manifest: RunManifest, model: CostModel): string[] {
  const lacking = model.configurations.filter(
    ({ configuration }) => missingScenarios(manifest.cells, configuration).length > 0,
  );
  if (lacking.length === 0) return [];
  const scenarios = new Set(
    lacking.flatMap(({ configuration }) => missingScenarios(manifest.cells, configuration)),
  );
  return [
    `${plural(lacking.length, "configuration")} of the run lack ${[...scenarios].join(", ")}: what these measure is missing from their predictions. ${MEASURE} measures all.`,
  ];
}
