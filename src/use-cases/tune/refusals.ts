/** Why there is nothing to advise, and what to measure so that there is. */

import { configurationId } from "../../axes/axes.ts";
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import type { Candidate, Goal } from "../../model/tune/changes.ts";
import { MEMORY_KEY, STARTUP_KEY } from "../../model/tune/front.ts";
import type { MeasuredCosts } from "../../model/tune/measured-costs.ts";
import { missingSwitches } from "../../model/tune/missing-switches.ts";
import type { Tuned } from "../../model/tune/tune.ts";
import { plural } from "../../report/kit/format.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

export const MEASURE = "sbx-bench run --matrix --preset standard";

/** @throws SbxError where the run holds nothing that could be advised from */
export function refuseUnusable({ emulated, runId }: RunManifest, launches: number, path: string): void {
  if (launches === 0) {
    throw new SbxError({
      what: `Nothing can be advised from run ${runId}`,
      why: `${path} holds no launches.`,
      fix: "Go on with the run (`sbx-bench run --resume`), or name another one with --run.",
    });
  }
  if (!emulated) return;
  throw new SbxError({
    what: `Nothing can be advised from run ${runId}`,
    why: "It was measured on an emulated processor: its figures are no performance.",
    fix: "Measure on a real one: sbx-bench run --matrix",
    exitCode: 4,
  });
}

/** Names that an error message can hold. */
const NAMED = 6;

/** @throws SbxError (exit code 2) where it was not measured, with the reason or the nearest name */
export function namedCandidate(
  asked: string | null,
  candidates: readonly Candidate[],
  { cells, runId }: RunManifest,
): Candidate | null {
  if (asked === null) return null;
  const found = candidates.find(({ configuration }) => configuration === asked);
  if (found !== undefined) return found;
  const planned = cells.find(({ config }) => configurationId(config) === asked);
  const known = candidates.map(({ configuration }) => configuration);
  const kin = known.filter((id) => id.split(/[/@]/)[0] === asked.split(/[/@]/)[0]);
  const names = kin.length > 0 ? kin : known;
  throw new SbxError({
    what: `Run ${runId} has no figures of ${asked}`,
    why:
      planned === undefined
        ? `It measured ${plural(known.length, "configuration")}.${didYouMean(asked, known)}`
        : (planned.reason ?? "It was planned, and none of its launches gave a figure."),
    fix: `Name another one: ${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? `, or one of ${names.length - NAMED} more` : ""}.`,
  });
}

const SCENARIOS: Record<Goal, string> = { work: "syscalls", startup: "startup", memory: "memory" };
const KEYS: Record<Goal, string | null> = { work: null, startup: STARTUP_KEY, memory: MEMORY_KEY };

/** @throws SbxError (exit code 2) where no change can be judged, or none could be called a gain */
export function refuseNothing(
  { changes }: Pick<Tuned, "changes">,
  { configuration, config }: Candidate,
  manifest: RunManifest,
  costs: MeasuredCosts,
  goal: Goal,
): void {
  if (changes.length === 0) {
    const key = KEYS[goal];
    const has = (id: string) => (key === null ? costs.has(id) : costs.get(id)?.has(key) === true);
    const measured = new Set([...costs.keys()].filter(has));
    const missing = [
      ...(has(configuration) ? [] : [configuration]),
      ...missingSwitches(config, manifest, measured),
    ];
    const scenario = SCENARIOS[goal];
    throw new SbxError({
      what: `Run ${manifest.runId} has nothing to hold ${configuration} against`,
      why: `Both have to be measured in one run. It has no figures of ${[...new Set(missing)].map((id) => `${id}::${scenario}`).join(", ") || `${scenario} in any other configuration`}.`,
      fix: `Measure them: sbx-bench run --sandbox native,${config.sandbox} --rounds 11${goal === "work" ? "" : ` --scenarios ${scenario}`}`,
    });
  }
  if (changes.some(({ estimate: { low } }) => low !== null)) return;
  const rounds = Math.max(...changes.map(({ estimate }) => estimate.n));
  throw new SbxError({
    what: `Run ${manifest.runId} has too few rounds to advise anything`,
    why: `${configuration} shares ${plural(rounds, "round")} with the others, and an interval needs 6.`,
    fix: `Measure more: ${MEASURE}`,
  });
}
