/** The cost model of a run with what its folder holds beside the launches: profiles, and predictions made elsewhere. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../../base/read-json.ts";
import { type CostReport, costReport, type StoredValidation } from "../../model/cost-report.ts";
import { storedValidationOf } from "../../model/model-file.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { readRunProfiles } from "../../store/run-profiles.ts";
import { skippedText } from "../../store/stored-run.ts";

export const MODEL_FILE = "model.json";

/** @param dir the run's folder; nothing is read from one that does not exist */
export function costOfRun(
  dir: string,
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
): { cost: CostReport | null; warnings: string[] } {
  const { profiles, skipped } = readRunProfiles(dir);
  const file = join(dir, MODEL_FILE);
  const stored = existsSync(file) ? readStored(file) : null;
  const unreadable =
    existsSync(file) && stored === null ? [`${file} is no model of this version; it is made anew`] : [];
  return {
    cost: costReport(manifest, launches, profiles, stored),
    warnings: [...skipped.map(skippedText), ...unreadable],
  };
}

function readStored(file: string): StoredValidation | null {
  try {
    return storedValidationOf(readJson(file));
  } catch {
    return null;
  }
}
