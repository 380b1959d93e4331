/** `check --probes`: what was stopped before and reaches the host now. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { compareProbes, type ProbesComparison } from "../../isolation/compare-probes.ts";
import type { UseCaseContext } from "../use-case.ts";
import { loadProbes } from "./stored-probes.ts";

export type CheckProbesRequest = {
  config: ResolvedConfig;
  /** Ids of results, files, or `latest`. */
  baseline: string;
  run: string;
  /** Also fail where something is unclear or missing. */
  strict: boolean;
};

export type CheckedProbes = { comparison: ProbesComparison; outcome: "done" | "worse" | "unclear" };

/** @throws SbxError (exit code 2) where a side is missing */
export async function checkProbes(
  request: CheckProbesRequest,
  { say }: UseCaseContext,
): Promise<CheckedProbes> {
  const { config, baseline, run, strict } = request;
  const comparison = compareProbes(loadProbes(baseline, config.out), loadProbes(run, config.out));
  for (const message of comparison.warnings) say({ type: "warning", message });
  if (comparison.worse.length > 0) return { comparison, outcome: "worse" };
  const isOpen = strict && comparison.unclear.length + comparison.missing.length > 0;
  return { comparison, outcome: isOpen ? "unclear" : "done" };
}
