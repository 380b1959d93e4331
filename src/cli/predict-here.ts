/** `predict` from the flags to the printed result: model, profile, prediction, and with --verify the measurement. */
import { SbxError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import { requireWritableFolder } from "../base/require-writable.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { CostModel } from "../model/cost-model.ts";
import { type ProgramPrediction, predictProgram } from "../model/predict-program.ts";
import { formatShare } from "../report/kit/format.ts";
import { predictTerminal } from "../report/predict/terminal.ts";
import { verifiedTerminal } from "../report/predict/verified.ts";
import { terminalOptions } from "../report/run/terminal.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { type ModelHere, modelHere } from "./model-here.ts";
import { type ProfileFlags, profileHere } from "./options/profile-options.ts";
import type { EXIT } from "./output/exit-codes.ts";
import { note } from "./output/note.ts";
import { writeJson, writeResult } from "./output/write.ts";
import { probeHere } from "./plan-here.ts";
import { programInput } from "./program-input.ts";
import { requireInputs, storedProfile } from "./stored-inputs.ts";
import { refuseUnseen, requireSeenArguments, unseenFiles, unseenWarnings } from "./unseen-files.ts";
import { verifyHere } from "./verify-here.ts";

export type PredictFlags = ProfileFlags & {
  run?: string;
  profile?: string;
  verify?: boolean;
  cells?: string[];
  rounds: number;
  maxUncovered: number;
  allowUnlike?: boolean;
  json?: boolean;
  /** Folders that the program sees in the sandboxes, as in the scenario `program`. */
  bind?: string[];
};

const USAGE = "sbx-bench predict -- COMMAND";

export async function predictHere(
  command: readonly string[],
  flags: PredictFlags,
  config: ResolvedConfig,
): Promise<keyof typeof EXIT> {
  refuseBothOrNone(command, flags);
  const input = flags.profile === undefined ? programInput(command, flags, USAGE) : null;
  requireInputs(flags, config.out);
  if (input !== null && flags.verify === true) {
    requireSeenArguments(input.command, flags);
    requireWritableFolder("out", config.out);
  }
  const probe = await probeHere(config, false, note);
  const stored = storedProfile(flags, probe);
  const known = modelHere(flags.run ?? null, config.out, probe.fingerprint, flags.allowUnlike === true);
  const globs = flags.cells ?? [];
  requireMatches(globs, known.model);
  const profile = input === null ? stored : await profileHere(input, flags, probe);
  if (profile === null) return "interrupted";
  const prediction = chosen(predictProgram(profile, known.model, known.programs), globs);
  refuseUncovered(prediction, flags.maxUncovered);
  const unseen = unseenFiles(profile, flags);
  if (flags.verify === true) refuseUnseen(unseen, flags);
  const said = [...known.warnings, ...profile.warnings, ...unseenWarnings(unseen, flags)];
  if (flags.verify !== true) {
    print(prediction, profile, known, said, flags);
    return "done";
  }
  if (flags.json !== true) print(prediction, profile, known, said, flags);
  const verified = await verifyHere(prediction, profile, flags, config);
  if (flags.json === true) {
    writeJson({ ...asJson(prediction, known, said), verified: verified.cells });
  } else {
    writeResult(`\n${verifiedTerminal(verified.cells, terminalOptions(process.stdout, process.env))}`);
  }
  return verified.outcome;
}

function print(
  prediction: ProgramPrediction,
  profile: ProgramProfile,
  known: ModelHere,
  warnings: string[],
  flags: PredictFlags,
): void {
  if (flags.json === true) {
    writeJson(asJson(prediction, known, warnings));
    return;
  }
  const { source } = known;
  writeResult(
    predictTerminal(prediction, { ...terminalOptions(process.stdout, process.env), source, warnings }),
  );
  note(`profile: ${profile.tracer}, ${profile.tracedRuns} traced and ${profile.bare.runs} undisturbed runs`);
}

function asJson(prediction: ProgramPrediction, { manifest }: ModelHere, warnings: readonly string[]) {
  return {
    schema: "sbx-bench/prediction@1",
    runId: manifest.runId,
    host: { fingerprint: manifest.fingerprint.id },
    emulated: manifest.emulated,
    ...prediction,
    warnings,
  };
}

function refuseBothOrNone(command: readonly string[], flags: PredictFlags): void {
  if (
    command.length > 0 !== (flags.profile !== undefined) &&
    !(flags.verify === true && command.length === 0)
  )
    return;
  if (command.length === 0 && flags.profile !== undefined) {
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
