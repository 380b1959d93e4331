/** `predict` from the flags to the printed result: model, profile, prediction, and with --verify the measurement. */
import { resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type ProgramPrediction, predictProgram } from "../model/predict-program.ts";
import { readProfile } from "../profile/profile-file.ts";
import { predictTerminal } from "../report/predict/terminal.ts";
import { verifiedTerminal } from "../report/predict/verified.ts";
import { terminalOptions } from "../report/terminal.ts";
import { formatShare } from "../report/view/format.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import type { EXIT } from "./exit-codes.ts";
import { type ModelHere, modelHere } from "./model-here.ts";
import { note } from "./note.ts";
import { probeHere } from "./plan-here.ts";
import { type ProfileFlags, profileHere } from "./profile-here.ts";
import { TOOL_VERSION } from "./tool-version.ts";
import { verifyHere } from "./verify-here.ts";
import { writeJson, writeResult } from "./write.ts";

export type PredictFlags = ProfileFlags & {
  run?: string;
  profile?: string;
  verify?: boolean;
  cells?: string[];
  rounds: number;
  maxUncovered: number;
  allowUnlike?: boolean;
  json?: boolean;
};

export async function predictHere(
  command: readonly string[],
  flags: PredictFlags,
  config: ResolvedConfig,
): Promise<keyof typeof EXIT> {
  refuseBothOrNone(command, flags);
  const probe = await probeHere(config, false, note);
  const allowUnlike = flags.allowUnlike === true;
  const known = modelHere(flags.run ?? null, config.out, probe.fingerprint, allowUnlike);
  const profile =
    flags.profile === undefined
      ? await profileHere(command as [string, ...string[]], flags, probe)
      : readProfile(resolve(flags.profile), {
          host: probe.fingerprint,
          toolVersion: TOOL_VERSION,
          allowUnlike,
        });
  if (profile === null) return "interrupted";
  const prediction = chosen(predictProgram(profile, known.model, known.programs), flags.cells ?? []);
  refuseUncovered(prediction, flags.maxUncovered);
  const said = [...known.warnings, ...profile.warnings];
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

/** Only the configurations asked for. @throws SbxError for a glob that matches none */
function chosen(prediction: ProgramPrediction, globs: readonly string[]): ProgramPrediction {
  if (globs.length === 0) return prediction;
  const matchers = globs.map((glob) => ({ glob, matches: globMatcher(glob) }));
  for (const { glob, matches } of matchers) {
    if (prediction.cells.some(({ configuration }) => matches(configuration))) continue;
    throw new SbxError({
      what: `No configuration of the model matches ${glob}`,
      why: `It has ${prediction.cells.map(({ configuration }) => configuration).join(", ")}.`,
      fix: "* is any text: 'runsc/*/seccomp=none'.",
    });
  }
  return {
    ...prediction,
    cells: prediction.cells.filter(({ configuration }) =>
      matchers.some(({ matches }) => matches(configuration)),
    ),
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
