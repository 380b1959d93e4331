/** `run -- PROGRAM`: which programs, in which configurations, how often; and why they cost what they cost. */
import { resolve } from "node:path";
import type { AxisKey } from "../../axes/configuration.ts";
import { SbxError } from "../../base/errors.ts";
import { PROFILE_DEFAULTS } from "../../config/defaults.ts";
import { resolveConfig } from "../../config/resolve.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { predictProgram } from "../../model/predict-program.ts";
import { SHIPPED_ERRORS } from "../../model/shipped-errors.ts";
import { TERMS } from "../../model/terms.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import { expectedLaunchMs, programSizes } from "../../plan/program-sizes.ts";
import { timeProgram } from "../../profile/time-program.ts";
import { writeWhy } from "../../report/program/stored-why.ts";
import type { ProgramWhy } from "../../report/program/why.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import { writeRunProfile } from "../../store/run-profiles.ts";
import { BUNDLED_SCENARIOS } from "../../workload/programs.ts";
import { probeHere } from "../probe-host.ts";
import { profileProgram } from "../profile.ts";
import { type ProgramInput, programInput } from "../program/program-input.ts";
import { type ProgramUseSettings, programUse } from "../program/program-use.ts";
import { type ModelHere, modelHere } from "../program/stored-model.ts";
import { requireSeenArguments } from "../program/unseen-files.ts";
import { interruptible, notesTo, type Say, type UseCaseContext } from "../use-case.ts";
import { namedCommands } from "./named-commands.ts";
import { programMatrix } from "./program-matrix.ts";

export type ProgramsRequest = {
  kind: "programs";
  /** The user's, for all that the programs do not decide. */
  config: ResolvedConfig;
  /** Behind --; empty where there is no command. */
  words: readonly string[];
  /** `name=COMMAND`, each. */
  programs: readonly string[];
  settings: ProgramUseSettings;
  /** Axes whose values were asked for; without any the usual configurations are measured. */
  axes: readonly AxisKey[];
  /** `null` = as many as the programs' run times allow. */
  rounds: number | null;
};

export type ProgramRun = {
  config: ResolvedConfig;
  /** What a launch of each cell may take, ms, by the native run: what was learned of a cell is of another program. */
  expectedMs: Record<string, number>;
  /** Writes what is known of the programs into the run's folder. */
  keep(dir: string): void;
};

const USAGE = "sbx-bench run -- COMMAND";
/** Of one native run. */
const LIMIT_MS = PROFILE_DEFAULTS.limitSeconds * 1000;
/** Beside the untimed first one, and under the tracer: enough for shares of the time, in little of it. */
const PROFILED = { runs: 3, tracedRuns: 1, tracer: "auto", limitMs: LIMIT_MS } as const;

/** @returns `null` where it was interrupted, which is said. @throws SbxError (exit code 2) for what can't be run */
export async function programRun(
  request: ProgramsRequest,
  fresh: boolean,
  context: UseCaseContext,
): Promise<ProgramRun | null> {
  const { words, settings, config: user } = request;
  const named = namedCommands(words, request.programs);
  // Says what to type where there is nothing behind --.
  if (named.length === 0) programInput([], settings, USAGE);
  const inputs = named.map(({ name, command }) => ({ name, input: programInput(command, settings, USAGE) }));
  for (const { input } of inputs) requireSeenArguments(input.command, settings);
  const { matrix, exclude } = programMatrix(
    Object.fromEntries(request.axes.map((key) => [key, user.matrix[key]])),
  );
  const probe = await probeHere({ ...user, matrix }, fresh, notesTo(context.say));
  const model = modelOrNull(user.out, probe.fingerprint, context.say);
  const known = new Map<string, Known>();
  for (const { name, input } of inputs) {
    context.say({ type: "note", message: `${name}: natively first …` });
    const one = await knownOf(input, probe, model, context);
    if (one === null) return null;
    known.set(name, one);
  }
  const uses = inputs.map(({ name, input }) => programUse(name, input.command, settings));
  const base = resolveConfig({ scenarios: uses, scenarioDir: BUNDLED_SCENARIOS }, {}, USAGE, resolve("."));
  const config = { ...user, ...pick(base), matrix, exclude };
  const planned = buildPlan(config, () => null).filter(({ status }) => status === "planned");
  const nativelyMs = [...known.values()].map(({ nativeNs }) => nativeNs / 1e6);
  const sizes = programSizes(nativelyMs, planned.length / uses.length);
  const { rounds, launchMs, ...repetition } = sizes;
  return {
    config: {
      ...config,
      scenarios: config.scenarios.map((use) => ({
        ...use,
        params: { ...use.params, ...repetition, memoryAt: MEMORY_AT },
      })),
      rounds: request.rounds ?? rounds,
      limits: { ...user.limits, launchMs: Math.max(user.limits.launchMs, launchMs) },
    },
    expectedMs: Object.fromEntries(
      planned.map(({ id, scenario }) => [id, expectedLaunchMs(known.get(scenario)!.nativeNs / 1e6, sizes)]),
    ),
    keep: (dir) => keep(dir, known),
  };
}

/** Half-way through a repetition its memory is looked at. */
const MEMORY_AT = 0.5;

/** What the programs alone decide; all else is the user's. */
function pick({ scenarios, scenarioDir, include }: ResolvedConfig) {
  return { scenarios, scenarioDir, include };
}

/** What was learned of a program natively. `profile` and `why` only where a run of this host has a cost model. */
type Known = { nativeNs: number; profile: ProgramProfile | null; why: ProgramWhy | null };

async function knownOf(
  input: ProgramInput,
  probe: Awaited<ReturnType<typeof probeHere>>,
  model: ModelHere | null,
  context: UseCaseContext,
): Promise<Known | null> {
  const { abort } = context;
  if (model === null) {
    const bare = await interruptible(context, () =>
      timeProgram({
        ...input,
        limitMs: LIMIT_MS,
        strace: probe.tools.strace.path,
        hasConstantTsc: probe.processor.constantTsc,
        abort,
      }).catch((error: unknown) => {
        if (abort.aborted) return null;
        throw error;
      }),
    );
    return bare && { nativeNs: bare.wallNs, profile: null, why: null };
  }
  const profile = await profileProgram(input, PROFILED, probe, context);
  return profile && { nativeNs: profile.bare.wallNs, profile, why: whyOf(profile, model) };
}

function whyOf(profile: ProgramProfile, { model, programs, manifest }: ModelHere): ProgramWhy {
  const { cells } = predictProgram(profile, model, programs, SHIPPED_ERRORS);
  return {
    source: `run ${manifest.runId}`,
    cells: cells.map(({ configuration, slowdown, dominant }) => ({
      configuration,
      slowdown: slowdown.value,
      terms: dominant.map(({ term, ns }) => ({ label: TERMS[term].label, ns })),
    })),
  };
}

/** Without one, the run says what it costs and not why. */
function modelOrNull(out: string, host: Parameters<typeof modelHere>[2], say: Say): ModelHere | null {
  try {
    return modelHere(null, out, host, false, say);
  } catch (error) {
    if (!(error instanceof SbxError)) throw error;
    say({
      type: "note",
      message:
        "why a program costs what it does: known after `sbx-bench run --matrix --preset model`, once a host",
    });
    return null;
  }
}

function keep(dir: string, known: ReadonlyMap<string, Known>): void {
  const why = new Map<string, ProgramWhy>();
  for (const [name, { profile, why: own }] of known) {
    if (profile !== null) writeRunProfile(dir, name, profile);
    if (own !== null) why.set(name, own);
  }
  if (why.size > 0) writeWhy(dir, why);
}
