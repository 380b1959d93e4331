import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { fitModel } from "../../src/model/fit-model.ts";
import { measuredPrograms } from "../../src/model/measured-programs.ts";
import { leaveOneOut } from "../../src/model/validate.ts";
import { loadRun } from "../../src/store/load-run.ts";
import { readRunProfiles } from "../../src/store/run-profiles.ts";
import { validationText } from "./report.ts";

/**
 * Predicts every program of a collected run from all others.
 *
 * @param run id below `out`, or a folder; its launches may be packed (launches.ndjson.gz)
 * @returns Markdown
 */
export function analyse(run: string, out: string): string {
  const packed = [join(out, run), resolve(run)].find((dir) => existsSync(join(dir, "launches.ndjson.gz")));
  if (packed === undefined) return analysisOf(run, out);
  const scratch = mkdtempSync(join(tmpdir(), "sbx-bench-model-"));
  try {
    const launches = gunzipSync(readFileSync(join(packed, "launches.ndjson.gz")));
    writeFileSync(join(scratch, "launches.ndjson"), launches);
    copyFileSync(join(packed, "run.json"), join(scratch, "run.json"));
    cpSync(join(packed, "profiles"), join(scratch, "profiles"), { recursive: true });
    return analysisOf(scratch, out);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function analysisOf(run: string, out: string): string {
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
