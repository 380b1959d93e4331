import { fitModel } from "../../src/model/fit-model.ts";
import { measuredPrograms } from "../../src/model/measured-programs.ts";
import { leaveOneOut } from "../../src/model/validate.ts";
import { loadRun } from "../../src/store/load-run.ts";
import { readRunProfiles } from "../../src/store/run-profiles.ts";
import { validationText } from "./report.ts";

/** Predicts every program of a collected run from all others. @returns Markdown */
export function analyse(run: string, out: string): string {
  const { manifest, launches, path } = loadRun(run, out);
  const model = fitModel(manifest, launches);
  if (model === null) return `Run ${manifest.runId} has not measured ${manifest.baseline}.\n`;
  const programs = measuredPrograms(manifest, launches, readRunProfiles(path).profiles);
  const cells = leaveOneOut(model, programs);
  return validationText(
    cells,
    `Run ${manifest.runId}: ${manifest.rounds} rounds, each program left out once`,
  );
}
