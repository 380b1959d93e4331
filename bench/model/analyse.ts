import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { globMatcher } from "../../src/base/glob.ts";
import { fitModel } from "../../src/model/fit-model.ts";
import { measuredPrograms } from "../../src/model/measured-programs.ts";
import { leaveOneOut } from "../../src/model/validate.ts";
import { loadRun } from "../../src/store/load-run.ts";
import { readRunProfiles } from "../../src/store/run-profiles.ts";
import { validationText } from "./report.ts";

export type Part = {
  /** The n-th of so many parts of the rounds, from 1. */
  rounds: { part: number; of: number };
  /** Globs of configuration ids that are counted; empty = all. The model is fitted to all. */
  cells: readonly string[];
};

/**
 * Predicts every program of a collected run from all others.
 *
 * @param run id below `out`, or a folder; its launches may be packed (launches.ndjson.gz)
 * @returns Markdown
 */
export function analyse(run: string, out: string, part: Part): string {
  const packed = [join(out, run), resolve(run)].find((dir) => existsSync(join(dir, "launches.ndjson.gz")));
  if (packed === undefined) return analysisOf(run, out, part);
  const scratch = mkdtempSync(join(tmpdir(), "sbx-bench-model-"));
  try {
    const launches = gunzipSync(readFileSync(join(packed, "launches.ndjson.gz")));
    writeFileSync(join(scratch, "launches.ndjson"), launches);
    copyFileSync(join(packed, "run.json"), join(scratch, "run.json"));
    cpSync(join(packed, "profiles"), join(scratch, "profiles"), { recursive: true });
    return analysisOf(scratch, out, part);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function analysisOf(run: string, out: string, part: Part): string {
  const { manifest, launches: all, path } = loadRun(run, out);
  const launches = all.filter(({ round }) => isIn(part, round, manifest.rounds));
  const model = fitModel(manifest, launches);
  if (model === null) return `Run ${manifest.runId} has not measured ${manifest.baseline}.\n`;
  const programs = measuredPrograms(manifest, launches, readRunProfiles(path).profiles);
  const isCounted = matcher(part.cells);
  const cells = leaveOneOut(model, programs).filter(({ configuration }) => isCounted(configuration));
  const rounds = new Set(launches.map(({ round }) => round)).size;
  return validationText(cells, `Run ${manifest.runId}: ${rounds} rounds, each program left out once`);
}

function isIn({ rounds }: Part, round: number, all: number): boolean {
  return Math.floor((round * rounds.of) / all) === rounds.part - 1;
}

function matcher(globs: readonly string[]): (id: string) => boolean {
  const tests = globs.map(globMatcher);
  return (id) => tests.length === 0 || tests.some((test) => test(id));
}
