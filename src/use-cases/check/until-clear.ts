/** `check --until-clear`: more rounds of a finished run, at planned looks, until its intervals are narrow enough. */

import { durationText } from "../../base/duration-text.ts";
import { excessOfComparison } from "../../check/excess-width.ts";
import { unsettled } from "../../check/steer.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { writeReport } from "../../report/run/write-report.ts";
import { afterEvent, ManifestWriter } from "../../run/manifest-writer.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import { loadRun } from "../../store/load-run.ts";
import { reduceLaunches } from "../../store/reduce-launch.ts";
import type { StoredRun } from "../../store/stored-run.ts";
import { compareSidesOf, compareWithStored, type Judged } from "../compare.ts";
import { summariseHere } from "../judge-run.ts";
import { keepFloors } from "../noise-floors.ts";
import { measureHere } from "../run/measure.ts";
import { prepareStored } from "../run/prepare-stored.ts";
import { clearingSteering, roundsIn } from "../run/steering.ts";
import { sayStored } from "../stored-notes.ts";
import { eachOnce, type UseCaseContext } from "../use-case.ts";

export type ClearingOptions = {
  /** A baseline or stored run; `null` = the run's own two sides. */
  baseline: string | null;
  allowUnlike: boolean;
  /** The most rounds of a cell, those that it has included. */
  maxRounds: number;
  /** The longest time, ms; `null` = no limit but the rounds. */
  budgetMs: number | null;
};

/**
 * Rounds are added where an interval is wider than half of its metric's limit, whatever the verdict is by then:
 * adding them only while it is unclear would look for a result until there is one. The verdict is made once, at
 * the end.
 *
 * @throws SbxError as `check`; exit code 4 where this is not the host of the run
 */
export async function checkUntilClear(
  named: string,
  config: ResolvedConfig,
  options: ClearingOptions,
  asked: UseCaseContext,
): Promise<Judged & { finished: boolean }> {
  const { baseline, allowUnlike, maxRounds } = options;
  // The baseline is read anew at every look.
  const context = { ...asked, say: eachOnce(asked.say) };
  const run = loadRun(named, config.out);
  sayStored(context.say, run);
  const { path: dir } = run;
  let { manifest } = run;
  const judge = (launches: readonly LaunchRecord[]): Judged => {
    const fresh: StoredRun = { ...run, manifest, launches: [...launches], skipped: [], remark: null };
    if (baseline === null) return compareSidesOf(fresh, config);
    const reduced = { ...fresh, launches: reduceLaunches(manifest, launches) };
    return compareWithStored(baseline, reduced, config, allowUnlike, context.say);
  };
  const idsOf = (cell: string) => (baseline === null ? [`a:${cell}`, `b:${cell}`] : sidedId(run, cell));
  const excessOf = (launches: readonly LaunchRecord[]) =>
    excessOfComparison(judge(launches).comparison, idsOf);

  const before = roundsIn(run.launches);
  const needs = unsettled(excessOf(run.launches)).length > 0 && before < maxRounds;
  if (!needs) return { ...judge(run.launches), finished: true };
  const prepared = await prepareStored(dir, manifest, false, context.say);
  const budgetMs = options.budgetMs ?? Number.POSITIVE_INFINITY;
  const steering = clearingSteering(prepared, run.launches, {
    excessOf,
    paired: baseline === null,
    budgetMs,
  });
  manifest = afterEvent(manifest, { type: "extended", rounds: maxRounds });
  const result = await measureHere({ ...prepared, manifest }, steering, context);
  // Interrupted or not: what is there can be judged, and `--resume` must not go on to the most rounds.
  const writer = new ManifestWriter(dir, result.manifest);
  const at = result.manifest.endedAt ?? new Date().toISOString();
  writer.record({ type: "ended", at, rounds: roundsIn(result.launches) });
  writer.save();
  manifest = writer.manifest;
  await writeReport({ ...result, manifest, summary: summariseHere(manifest, result.launches, config.check) });
  keepFloors(dir, manifest, result.launches);

  const judged = judge(result.launches);
  const wide = unsettled(excessOf(result.launches));
  if (wide.length > 0) {
    const cap = options.budgetMs === null ? "" : `, or after ${durationText(options.budgetMs)}`;
    judged.comparison.warnings.push(
      `--until-clear ended at ${manifest.rounds} of at most ${maxRounds} rounds${cap}: ${wide.length} cells still have intervals wider than half of their limit`,
    );
  }
  return { ...judged, finished: result.finished };
}

/** An interleaved run that is held against a baseline goes on with its new side. */
function sidedId({ manifest }: StoredRun, cell: string): string[] {
  return [manifest.sides === undefined ? cell : `b:${cell}`];
}
