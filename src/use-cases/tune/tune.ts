/** `tune`: the run, the workload, the present configuration, and what to switch. */

import { SbxError } from "../../base/errors.ts";
import { TUNE_DEFAULTS } from "../../config/defaults.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Candidate, ChangeRules } from "../../model/tune/changes.ts";
import { measuredCosts } from "../../model/tune/measured-costs.ts";
import { presentConfiguration } from "../../model/tune/present.ts";
import { candidatesOf, type Tuned, tune as tuneFor } from "../../model/tune/tune.ts";
import { plural } from "../../report/kit/format.ts";
import { snippetsOf } from "../../report/tune/snippets.ts";
import { type TuneReport, tuneReport } from "../../report/tune/tune-report.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import { flagsOf } from "../../sandbox/flag-support.ts";
import { plainRun } from "../../stats/summaries/plain-run.ts";
import { saySkipped } from "../stored-notes.ts";
import type { UseCaseContext } from "../use-case.ts";
import { knownFlags } from "./known-flags.ts";
import { MEASURE, namedCandidate, refuseNothing, refuseUnusable } from "./refusals.ts";
import type { TuneRequest } from "./tune-request.ts";
import { tuneRun, workloadOf } from "./workload.ts";

/**
 * @returns `null` where profiling was interrupted, which is said
 * @throws SbxError (exit code 2) where the run has nothing to choose between: says what to measure
 */
export async function tune(request: TuneRequest, context: UseCaseContext): Promise<TuneReport | null> {
  const { config } = request;
  const found = await tuneRun(request, context.say);
  const { run } = found;
  saySkipped(context.say, run.skipped);
  const { manifest, launches } = plainRun(run);
  refuseUnusable(manifest, launches.length, run.path);
  const costs = measuredCosts(manifest, launches);
  const variants = runscOf(manifest).variants;
  const candidates = candidatesOf(manifest, costs, (own) => flagsOf(runscOf(manifest), own));
  const from = chosen(request.from, manifest, candidates, config);
  const to = namedCandidate(request.to, candidates, manifest);
  const told = await workloadOf(found, request, context);
  if (told === null) return null;
  const { workload, unneeded, warnings } = told;
  const rules: ChangeRules = {
    goal: request.goal,
    smallest: config.check.maxRegression,
    alpha: TUNE_DEFAULTS.alpha,
    variants,
    waived: ({ kind }, switches) =>
      kind === "function" && switches.length > 0 && switches.every(({ factor }) => unneeded.includes(factor)),
  };
  const tuned = tuneFor({ manifest, costs, candidates, from, workload, rules });
  refuseNothing(tuned, from, manifest, costs, request.goal);
  const use = to ?? advised(tuned, candidates) ?? from;
  return tuneReport({
    ...tuned,
    runId: manifest.runId,
    host: { fingerprint: manifest.fingerprint.id },
    baseline: manifest.baseline,
    from: from.configuration,
    goal: request.goal,
    smallestGain: rules.smallest,
    workload: { kind: workload.kind, text: told.text, command: told.command, weights: told.weights },
    use: snippetsOf(use.configuration, use.config, use.flags, await knownFlags(manifest, use.config)),
    warnings: [...manifest.warnings, ...warnings, ...(workload.kind === "mix" ? unlikeBasis(tuned) : [])],
  });
}

function advised({ decision }: Tuned, candidates: readonly Candidate[]): Candidate | undefined {
  if (decision.kind === "nothing") return undefined;
  return candidates.find(({ configuration }) => configuration === decision.change.configuration);
}

function runscOf({ config }: RunManifest): ResolvedConfig["runsc"] {
  const runsc = (config as Partial<ResolvedConfig> | null)?.runsc;
  return { path: null, flags: runsc?.flags ?? [], variants: runsc?.variants ?? [] };
}

function chosen(
  asked: string | null,
  manifest: RunManifest,
  candidates: readonly Candidate[],
  config: ResolvedConfig,
): Candidate {
  const found =
    namedCandidate(asked, candidates, manifest) ??
    presentConfiguration(candidates, manifest.baseline, config.matrix);
  if (found !== null) return found;
  throw new SbxError({
    what: `Run ${manifest.runId} has no configuration to tune`,
    why: `It has figures of ${candidates.map(({ configuration }) => configuration).join(", ") || "nothing"} only.`,
    fix: `Measure sandboxes beside it: ${MEASURE}`,
  });
}

/** Changes that stand on different operations are ranked all the same: said once, with what would mend it. */
function unlikeBasis({ changes }: Tuned): string[] {
  const partial = changes.filter(({ estimate: { lacks } }) => lacks.length > 0);
  if (partial.length === 0) return [];
  return [
    `${plural(partial.length, "change")} of ${changes.length} ${partial.length === 1 ? "stands" : "stand"} on a part of the workload, as it was not measured on both sides. All of it: ${MEASURE}`,
  ];
}
