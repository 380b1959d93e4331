/** The ways to compare, from names on the command line to the comparison. */

import { configurationId } from "../axes/axes.ts";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { compareConfigurations, compareInterleaved, compareRuns } from "../check/compare.ts";
import type { Comparison, UnlikeField } from "../check/comparison-types.ts";
import { unlikeFields } from "../check/unlike.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { plainRun } from "../stats/summaries/plain-run.ts";
import { loadRun } from "../store/load-run.ts";
import { loadSide } from "../store/load-side.ts";
import type { StoredRun } from "../store/stored-run.ts";
import { floorsFor } from "./noise-floors.ts";
import { sayStored } from "./stored-notes.ts";
import type { Say, UseCaseContext } from "./use-case.ts";

/** What to compare. Sides are named as on the command line: a baseline, the id of a run, `latest`, or a run's folder. */
export type Compared =
  | { kind: "stored"; a: string; b: string; allowUnlike: boolean }
  /** Both sides of an interleaved run. */
  | { kind: "sides"; run: string }
  /** Two configurations of one run, by their ids. */
  | { kind: "configurations"; run: string; a: string; b: string };

export type CompareRequest = { config: ResolvedConfig; compared: Compared };

/** A comparison, and the cells of its new side without one good launch: they could not be judged. */
export type Judged = { comparison: Comparison; failed: string[] };

/** @throws SbxError, exit code 2 where a side is missing or holds nothing, 4 where they are unlike */
export async function compare(
  { config, compared }: CompareRequest,
  { say }: UseCaseContext,
): Promise<Judged> {
  if (compared.kind === "stored") {
    const fresh = usable(loadSide(compared.b, config, null), say);
    return compareWithStored(compared.a, fresh, config, compared.allowUnlike, say);
  }
  const run = usable(loadRun(compared.run, config.out), say);
  if (compared.kind === "sides") return compareSidesOf(run, config);
  return compareWithin(run, compared.a, compared.b, config);
}

/** With a new side whose launches are at hand. @throws SbxError as `compare` */
export function compareWithStored(
  a: string,
  fresh: StoredRun,
  config: ResolvedConfig,
  allowUnlike: boolean,
  say: Say,
): Judged {
  const old = usable(loadSide(a, config, fresh.manifest.fingerprint), say);
  const unlike = unlikeFields(old.manifest, fresh.manifest);
  if (unlike.length > 0 && !allowUnlike) throw refusal(old, fresh, unlike);
  const options = { rules: config.check, floors: floorsFor(fresh.manifest, fresh.launches), unlike };
  return judged(compareRuns(old, fresh, options), fresh);
}

/** Of a run whose launches are at hand. @throws SbxError (exit code 2) where it is no interleaved one */
export function compareSidesOf(run: StoredRun, config: ResolvedConfig): Judged {
  if (run.manifest.sides === undefined) {
    throw new SbxError({
      what: `Run ${run.label} has no two sides`,
      why: "It measured one configuration.",
      fix: "Measure both in the same rounds: `sbx-bench run --ab base.config.ts,new.config.ts`.",
    });
  }
  const floors = floorsFor(run.manifest, run.launches);
  return judged(compareInterleaved(run, { rules: config.check, floors }), run);
}

/** @throws SbxError (exit code 2) where a configuration is missing */
function compareWithin(run: StoredRun, a: string, b: string, config: ResolvedConfig): Judged {
  const known = [...new Set(run.manifest.cells.map((cell) => configurationId(cell.config)))];
  for (const id of [a, b]) {
    if (known.includes(id)) continue;
    throw new SbxError({
      what: `Run ${run.label} has no configuration ${id}`,
      why: `It has ${known.length} of them.${didYouMean(id, known)}`,
      fix: `Name one of: ${known.join(", ")}.`,
    });
  }
  const floors = floorsFor(run.manifest, run.launches);
  return judged(compareConfigurations(run, a, b, { rules: config.check, floors }), run);
}

function usable<T extends StoredRun>(run: T, say: Say): T {
  sayStored(say, run);
  if (run.launches.length > 0) return run;
  throw new SbxError({
    what: `${run.label} can't be compared`,
    why: `${run.path} holds no launches.`,
    fix: "Go on with the run (`sbx-bench run --resume`), or name another one.",
  });
}

function refusal(a: StoredRun, b: StoredRun, unlike: readonly UnlikeField[]): SbxError {
  const fields = unlike.map(
    ({ field, a: then, b: now }) => `${field}: ${then} in ${a.label}, ${now} in ${b.label}`,
  );
  return new SbxError({
    what: `${a.label} and ${b.label} can't be compared`,
    why: `They were not measured alike, so a difference would not say what it comes from.\n${fields.join("\n")}`,
    fix: "Measure both sides on one host in the same rounds (`sbx-bench run --ab OLD,NEW`), or compare all the same with --allow-unlike.",
    exitCode: 4,
  });
}

/** @throws SbxError (exit code 2) for a comparison of nothing, which would look like one without losses */
function judged(comparison: Comparison, run: StoredRun): Judged {
  const { metrics, broken, notCompared, emulated, a, b } = comparison;
  if (emulated || broken.length > 0 || metrics.some(({ gated }) => gated)) {
    return { comparison, failed: neverGood(run) };
  }
  const reasons = [...new Set(notCompared.map(({ reason }) => reason))].slice(0, 5);
  throw new SbxError({
    what: `Nothing of ${a.label} and ${b.label} can be compared`,
    why:
      reasons.length === 0
        ? "No metric that they share is gated."
        : `They share no metric that is gated. ${notCompared.length} cells or metrics are left out: ${reasons.join("; ")}.`,
    fix: "Measure the same cells on both sides, and look at check.metrics in the configuration.",
  });
}

function neverGood(run: StoredRun): string[] {
  const { manifest, launches } = plainRun(run);
  const good = new Set(launches.filter(({ status }) => status === "ok").map(({ cell }) => cell));
  return manifest.cells.filter(({ id, status }) => status === "planned" && !good.has(id)).map(({ id }) => id);
}
