import { type Command, InvalidArgumentError, Option } from "commander";
import { requireWritableFile } from "../../base/require-writable.ts";
import { shareText } from "../../base/share.ts";
import { visibleJson } from "../../base/visible-text.ts";
import { DEFAULTS, PREDICT_DEFAULTS } from "../../config/defaults.ts";
import { loadConfig } from "../../config/load.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { GOALS, type Goal } from "../../model/tune/changes.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { tuneMarkdown } from "../../report/tune/markdown.ts";
import { tuneTerminal } from "../../report/tune/terminal.ts";
import { tuneShort } from "../../report/tune/terminal-short.ts";
import type { TuneReport } from "../../report/tune/tune-report.ts";
import { programInput } from "../../use-cases/program/program-input.ts";
import { tune } from "../../use-cases/tune/tune.ts";
import type { TuneRequest } from "../../use-cases/tune/tune-request.ts";
import { endsWithDashes } from "../options/ends-with-dashes.ts";
import {
  addFormatOptions,
  deliver,
  type FormatFlags,
  takesStdout,
  writeNamed,
} from "../options/format-options.ts";
import { LISTED } from "../options/list-option.ts";
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

const FORMATS = ["terminal", "markdown", "json"] as const;
type Flags = ProfileFlags &
  FormatFlags<(typeof FORMATS)[number]> & {
    run?: string;
    from?: string;
    to?: string;
    goal: Goal;
    weights?: Weight[];
    profile?: string;
    maxUncovered: number;
    allowUnlike?: boolean;
    json?: boolean;
    verbose?: boolean;
    html?: string;
  };

export function addTune(program: Command): void {
  const command = program
    .command("tune")
    .argument(
      "[command...]",
      "any program and its arguments, behind -- (default: the run's own mix of operations)",
    )
    .description("Advise what to switch: gains with intervals, what each gives up, and how to set it.")
    .option("--run <run>", "run to advise from (default: the newest; with a program the newest that fits)")
    .option("--from <configuration>", "what you have today, e.g. runsc/systrap/net=sandbox/seccomp=none")
    .option("--to <configuration>", "print how to set this one, whatever the advice")
    .addOption(new Option("--goal <name>", "what is to be lowered").choices(GOALS).default("work"))
    .option(
      "--weights <name=weight,...>",
      `of metrics, groups or scenarios: getpid=1,files=0.5; ${LISTED}`,
      weights,
    )
    .option("--profile <file>", "a stored profile (`sbx-bench profile --out`) instead of a program")
    .addOption(
      shareOption(
        "--max-uncovered <share>",
        "refuse where the model does not know more of the program's calls",
        {
          most: 1,
          usual: PREDICT_DEFAULTS.maxUncovered,
        },
      ),
    )
    .option("--allow-unlike", "use a run or profile of another host all the same");
  addFormatOptions(addProfileOptions(command), FORMATS)
    .option("--json", "print the advice as JSON")
    .option(
      "--verbose",
      "all changes with what they give up, effects, cost against security, and how to set it",
    )
    .option("--html <file>", "also write a page with the chart of cost against security")
    .addHelpText(
      "after",
      `
Only what the run measured, or what its cost model predicts for a program, is advised; what was not measured is
listed with the reason. A change counts as a gain where its interval holds nothing else, corrected for the number
of changes looked at, and where it is as large as check.maxRegression (${shareText(DEFAULTS.check.maxRegression)}). "Change nothing" is an answer.

Examples:
  $ sbx-bench tune                                          the newest run, its own mix of operations
  $ sbx-bench tune --from runsc/ptrace/net=sandbox/seccomp=none
  $ sbx-bench tune --goal startup --format markdown
  $ sbx-bench tune --html advice.html
  $ sbx-bench tune --weights 'system calls=1,getpid=1'      a workload of your own
  $ sbx-bench tune -- gzip -kc /usr/bin/perl                a program of yours, predicted
  $ sbx-bench tune --to runsc/systrap/net=none/seccomp=none --json | jq -r .use.snippets[].text`,
    )
    .action(async (words: string[], flags: Flags, command: Command) => {
      if (words.length === 0 && endsWithDashes(program))
        programInput(words, flags, "sbx-bench tune -- COMMAND");
      refuseIdleOptions(words, flags, command);
      if (flags.html !== undefined) requireWritableFile("--html", flags.html);
      if (flags.outputFile !== undefined) requireWritableFile("--output-file", flags.outputFile);
      const { html, outputFile } = flags;
      const printsJson = outputFile === undefined && (flags.json === true || flags.format !== undefined);
      const pageIsOnStdout = takesStdout({ "--html": html, "--output-file": outputFile }, printsJson);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const report = await tune(requestOf(words, flags, config), commandContext());
      if (report === null) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      if (flags.html !== undefined) {
        // Drawing loads Vega, which no other output needs.
        const { tunePage } = await import("../../report/tune/page.ts");
        writeNamed(flags.html, await tunePage(report), "--html");
      }
      if (!pageIsOnStdout || flags.outputFile !== undefined)
        deliver(rendered(report, flags), flags.outputFile);
    });
}

function requestOf(command: readonly string[], flags: Flags, config: ResolvedConfig): TuneRequest {
  const { run = null, profile = null, from = null, to = null, goal, weights = null, maxUncovered } = flags;
  return {
    ...{ config, command, run, profile, from, to, goal, weights, maxUncovered },
    allowUnlike: flags.allowUnlike === true,
    program: flags,
    profiling: profileSettings(flags),
  };
}

/** Without a program nothing is profiled, and nothing predicted. */
function refuseIdleOptions(words: readonly string[], flags: Flags, command: Command): void {
  if (words.length > 0) return;
  refuseProfilingOptions(command);
  if (flags.profile !== undefined) return;
  refuseWithoutEffect(
    command,
    ["maxUncovered"],
    "without a program: nothing is predicted",
    "Leave it out, or name a program behind --.",
  );
}

function rendered(report: TuneReport, { format, json, outputFile, verbose, to }: Flags): string {
  if (json === true || format === "json") return `${visibleJson(report)}\n`;
  if (format === "markdown") return tuneMarkdown(report);
  const { columns, colour } = terminalOptions(process.stdout, process.env);
  // A file is no terminal.
  const options = { columns, colour: colour && outputFile === undefined };
  // A file has no screen to fit.
  return verbose === true || outputFile !== undefined
    ? tuneTerminal(report, options)
    : tuneShort(report, options, to !== undefined);
}

type Weight = { name: string; weight: number };

/** `getpid=1,small files, bind mount=0.5`: names may have commas, weights can't. */
function weights(text: string, before: readonly Weight[] = []): Weight[] {
  const found = [...text.matchAll(/\s*([^=]+?)\s*=\s*([^,]*?)\s*(?:,|$)/gy)];
  const read = found.map(([, name = "", weight = ""]) => ({
    name,
    weight: weight === "" ? Number.NaN : Number(weight),
  }));
  const length = found.reduce((sum, [match]) => sum + match.length, 0);
  if (
    length === text.length &&
    read.length > 0 &&
    read.every(({ weight }) => weight >= 0 && Number.isFinite(weight))
  )
    return withoutTwice([...before, ...read]);
  throw new InvalidArgumentError("It has to be name=weight, several with commas between: getpid=1,files=0.5");
}

function withoutTwice(all: Weight[]): Weight[] {
  const twice = all.find(({ name }, index) => all.findIndex((one) => one.name === name) !== index);
  if (twice === undefined) return all;
  throw new InvalidArgumentError(`${twice.name} has two weights. Give it one.`);
}
