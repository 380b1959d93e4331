/** The summary of a run with what only this host knows: noise floors, by which upgrades and flags are judged. */
import { flagEffectsOf } from "../check/flag-effects.ts";
import type { JudgedSummary } from "../check/judged-summary.ts";
import { upgradesOf } from "../check/upgrade.ts";
import { CHANGE_DEFAULTS } from "../config/defaults.ts";
import type { GateRules } from "../config/resolved-config.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { plainRun } from "../stats/summaries/plain-run.ts";
import { summarise } from "../stats/summaries/summarise.ts";
import { floorsFor } from "./noise-floors.ts";

export function summariseHere(
  manifest: RunManifest,
  launches: readonly LaunchRecord[],
  rules: GateRules,
): JudgedSummary {
  const summary = summarise(manifest, launches);
  const plain = plainRun({ manifest, launches });
  const run = { label: manifest.runId, ...plain };
  const options = {
    rules: { ...rules, alpha: CHANGE_DEFAULTS.alpha },
    floors: floorsFor(manifest, launches),
  };
  const upgrades = upgradesOf(run, options);
  const flagEffects = flagEffectsOf(run, options);
  return {
    ...summary,
    ...(upgrades.length === 0 ? {} : { upgrades }),
    ...(flagEffects.length === 0 ? {} : { flagEffects }),
  };
}
