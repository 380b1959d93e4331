import type { Command } from "commander";
import { PREDICT_DEFAULTS } from "../../config/defaults.ts";
import { loadConfig } from "../../config/load.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { SHIPPED_ERRORS } from "../../model/shipped-errors.ts";
import { predictionJson } from "../../report/predict/json.ts";
import { predictTerminal } from "../../report/predict/terminal.ts";
import { verifiedTerminal } from "../../report/predict/verified.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { type Predicted, type PredictRequest, predict } from "../../use-cases/predict/predict.ts";
import { type Verified, verify } from "../../use-cases/predict/verify.ts";
import { LISTED, list, pathList } from "../options/list-option.ts";
import { roundCount } from "../options/number-option.ts";
import {
  addProfileOptions,
  type ProfileFlags,
  profileSettings,
  refuseProfilingOptions,
} from "../options/profile-options.ts";
import { shareOption } from "../options/share-option.ts";
import { refuseWithoutEffect } from "../options/without-effect.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { note } from "../output/note.ts";
import { writeJson, writeResult } from "../output/write.ts";

type PredictFlags = ProfileFlags & {
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

export function addPredict(program: Command): void {
  const command = program
    .command("predict")
    .argument("[command...]", "any program and its arguments, behind --")
    .description(
      "Predict what a program would cost in every measured configuration, from one native profile.",
    )
    .option(
      "--run <run>",
      "run that the cost model is fitted to (default: the newest of this host that can be)",
    )
    .option("--profile <file>", "a stored profile (`sbx-bench profile --out`) instead of a program")
    .option(
      "--cells <globs...>",
      `only configurations that match, e.g. 'runsc/*/seccomp=none'; ${LISTED}`,
      list,
    )
    .option("--verify", "then run the program in these configurations, and print predicted against measured")
    .option(
      "--rounds <n>",
      "with --verify: launches of every configuration",
      roundCount,
      PREDICT_DEFAULTS.rounds,
    )
    .option(
      "--bind <dirs>",
      `with --verify: further folders that the program sees in the sandboxes, read-only (DIR:rw: writable); ${LISTED}`,
      pathList,
    )
    .addOption(
      shareOption("--max-uncovered <share>", "refuse where the model does not cover more of the calls", {
        most: 1,
        usual: PREDICT_DEFAULTS.maxUncovered,
      }),
    )
    .option("--allow-unlike", "use a run or profile of another host all the same");
  addProfileOptions(command)
    .option("--json", "print the prediction as JSON")
    .addHelpText(
      "after",
      `
The program runs natively, a few times without and a few times under a tracer; how often it meets each term of
the cost model, times what the term costs in a configuration, is what it will cost there more. Intervals hold the
errors of the model on programs in the same run, where that has some.

Examples:
  $ sbx-bench run --matrix --preset model            once a host: what the model is fitted to
  $ sbx-bench predict -- gzip -kc /usr/bin/perl
  $ sbx-bench predict --cells 'runsc/*' --verify -- sort -u /etc/services
  $ sbx-bench predict --profile sort.json --json`,
    )
    .action(async (words: string[], flags: PredictFlags, command: Command) => {
      if (flags.profile !== undefined) refuseProfilingOptions(command);
      if (flags.verify !== true) {
        refuseWithoutEffect(command, ["rounds"], "without --verify", "Add --verify, or leave it out.");
      }
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const context = commandContext();
      const predicted = await predict(requestOf(words, flags, config), context);
      if (predicted === null) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      const printsJson = flags.json === true;
      if (flags.verify !== true) {
        if (printsJson) printJson(predicted, null);
        else print(predicted);
        return;
      }
      if (!printsJson) print(predicted);
      const verified = await verify(
        { predicted, program: flags, rounds: flags.rounds, config, commandLine: process.argv.slice(2) },
        context,
      );
      if (printsJson) printJson(predicted, verified.cells);
      else writeResult(`\n${verifiedTerminal(verified.cells, terminalOptions(process.stdout, process.env))}`);
      process.exitCode = EXIT[verified.outcome];
    });
}

function requestOf(command: readonly string[], flags: PredictFlags, config: ResolvedConfig): PredictRequest {
  const { run = null, profile = null, cells = [], allowUnlike = false, verify: isVerified = false } = flags;
  return {
    ...{ config, command, run, profile, cells, allowUnlike, isVerified },
    program: flags,
    profiling: profileSettings(flags),
    maxUncovered: flags.maxUncovered,
  };
}

function print({ prediction, profile, known, warnings }: Predicted): void {
  const { source } = known;
  writeResult(
    predictTerminal(prediction, {
      ...terminalOptions(process.stdout, process.env),
      ...{ source, warnings, corpus: SHIPPED_ERRORS },
    }),
  );
  note(`profile: ${profile.tracer}, ${profile.tracedRuns} traced and ${profile.bare.runs} undisturbed runs`);
}

function printJson({ prediction, known, warnings }: Predicted, verified: Verified["cells"] | null): void {
  writeJson(predictionJson(prediction, known.manifest, warnings, verified));
}
