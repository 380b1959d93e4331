/** `predict`: what a program would cost in every measured configuration, from one native profile. */
import { SbxError } from "../../base/errors.ts";
import { globMatcher } from "../../base/glob.ts";
import { requireWritableFolder } from "../../base/require-writable.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { CostModel } from "../../model/cost-model.ts";
import { type ProgramPrediction, predictProgram } from "../../model/predict-program.ts";
import { SHIPPED_ERRORS } from "../../model/shipped-errors.ts";
import { formatShare } from "../../report/kit/format.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import { probeHere } from "../probe-host.ts";
import { type ProfileSettings, profileProgram } from "../profile.ts";
import { programInput } from "../program/program-input.ts";
import type { ProgramUseSettings } from "../program/program-use.ts";
import { requireInputs, type StoredInputs, storedProfile } from "../program/stored-inputs.ts";
import { type ModelHere, modelHere } from "../program/stored-model.ts";
import { refuseUnseen, requireSeenArguments, unseenFiles, unseenWarnings } from "../program/unseen-files.ts";
import { notesTo, type UseCaseContext } from "../use-case.ts";

export type PredictRequest = StoredInputs & {
  config: ResolvedConfig;
  /** The program and its arguments; empty where a stored profile is named. */
  command: readonly string[];
  program: ProgramUseSettings;
  profiling: ProfileSettings;
  /** Globs of configurations; empty = all of the model. */
  cells: readonly string[];
  /** The largest share of the calls that the model may not cover. */
  maxUncovered: number;
  /** `verify` comes next: what would keep the program from running in a sandbox is an error. */
  isVerified: boolean;
};

export type Predicted = {
  prediction: ProgramPrediction;
  profile: ProgramProfile;
  known: ModelHere;
  warnings: string[];
};

const USAGE = "sbx-bench predict -- COMMAND";

/**
 * @returns `null` where profiling was interrupted, which is said
 * @throws SbxError for a program, profile, run or glob that can't be used, and where the model covers too little
 */
export async function predict(request: PredictRequest, context: UseCaseContext): Promise<Predicted | null> {
  const { command, program, config, cells, isVerified } = request;
  refuseBothOrNone(request);
  const input = request.profile === null ? programInput(command, program, USAGE) : null;
  requireInputs(request, config.out);
  if (input !== null && isVerified) {
    requireSeenArguments(input.command, program);
    requireWritableFolder("out", config.out);
  }
  const { say } = context;
  const probe = await probeHere(config, false, notesTo(say));
  const stored = storedProfile(request, probe);
  const known = modelHere(request.run, config.out, probe.fingerprint, request.allowUnlike, say);
  requireMatches(cells, known.model);
  const profile = input === null ? stored : await profileProgram(input, request.profiling, probe, context);
  if (profile === null) return null;
  const prediction = chosen(predictProgram(profile, known.model, known.programs, SHIPPED_ERRORS), cells);
  refuseUncovered(prediction, request.maxUncovered);
  const unseen = unseenFiles(profile, program);
  if (isVerified) refuseUnseen(unseen, program);
  const warnings = [...known.warnings, ...profile.warnings, ...unseenWarnings(unseen, program)];
  return { prediction, profile, known, warnings };
}

function refuseBothOrNone({ command, profile, isVerified }: PredictRequest): void {
  if (command.length > 0 !== (profile !== null) && !(isVerified && command.length === 0)) return;
  if (command.length === 0 && profile !== null) {
    throw new SbxError({
      what: "--verify needs the program itself",
      why: "A stored profile says what the program does; to measure it, it has to be run.",
      fix: "sbx-bench predict --verify -- COMMAND",
    });
  }
  throw new SbxError({
    what: command.length === 0 ? "Which program?" : "A program and --profile don't go together",
    why: "A prediction is made of one profile: of a program that is run now, or of a stored one.",
    fix: "sbx-bench predict -- COMMAND, or sbx-bench predict --profile FILE",
  });
}

/** @throws SbxError (exit code 2) for a glob that no configuration of the model matches */
function requireMatches(globs: readonly string[], { configurations }: CostModel): void {
  const known = configurations.map(({ configuration }) => configuration);
  for (const glob of globs) {
    if (known.some(globMatcher(glob))) continue;
    throw new SbxError({
      what: `No configuration of the model matches ${glob}`,
      why: `It has ${known.join(", ")}.`,
      fix: "* is any text: 'runsc/*/seccomp=none'.",
    });
  }
}

/** Only the configurations asked for. */
function chosen(prediction: ProgramPrediction, globs: readonly string[]): ProgramPrediction {
  if (globs.length === 0) return prediction;
  const matchers = globs.map(globMatcher);
  return {
    ...prediction,
    cells: prediction.cells.filter(({ configuration }) => matchers.some((matches) => matches(configuration))),
  };
}

function refuseUncovered({ uncovered, demand, cells }: ProgramPrediction, most: number): void {
  if (uncovered <= most) return;
  const unknown = demand.unknown.slice(0, 5).map(({ name, count }) => `${name} (${count})`);
  const missing = [...new Set(cells.flatMap((cell) => cell.missing))];
  throw new SbxError({
    what: `The model does not cover ${formatShare(uncovered)} of this program's calls`,
    why: [
      ...(unknown.length === 0 ? [] : [`It does not know ${unknown.join(", ")}.`]),
      ...(missing.length === 0 ? [] : [`The run has no cost for: ${missing.join(", ")}.`]),
    ].join("\n"),
    fix: `Measure the program itself with --verify, or accept more with --max-uncovered ${Math.ceil(uncovered * 100)}%.`,
  });
}
