import { type Command, InvalidArgumentError, Option } from "commander";
import { loadConfig } from "../../config/load.ts";
import { GOALS } from "../../model/tune/changes.ts";
import { terminalOptions } from "../../report/terminal.ts";
import { tuneMarkdown } from "../../report/tune/markdown.ts";
import { tuneTerminal } from "../../report/tune/terminal.ts";
import type { TuneReport } from "../../report/tune/tune-report.ts";
import { EXIT } from "../exit-codes.ts";
import { addFormatOptions, deliver, type FormatFlags, takesStdout, writeNamed } from "../format-options.ts";
import { addProfileOptions } from "../profile-here.ts";
import type { TuneFlags } from "../tune-flags.ts";
import { tuneHere } from "../tune-here.ts";

const FORMATS = ["terminal", "markdown", "json"] as const;
type Flags = TuneFlags & FormatFlags<(typeof FORMATS)[number]> & { html?: string };

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
    .option("--weights <name=weight,...>", "of metrics, groups or scenarios: getpid=1,files=0.5", weights)
    .option("--profile <file>", "a stored profile (`sbx-bench profile --out`) instead of a program")
    .option(
      "--max-uncovered <percent>",
      "refuse where the model knows less of the program's calls",
      share,
      0.1,
    )
    .option("--allow-unlike", "use a run or profile of another host all the same");
  addFormatOptions(addProfileOptions(command), FORMATS)
    .option("--json", "print the advice as JSON")
    .option("--html <file>", "also write a page with the chart of cost against security")
    .addHelpText(
      "after",
      `
Only what the run measured, or what its cost model predicts for a program, is advised; what was not measured is
listed with the reason. A change counts as a gain where its interval holds nothing else, corrected for the number
of changes looked at, and where it is as large as check.maxRegression (2 %). "Change nothing" is an answer.

Examples:
  $ sbx-bench tune                                          the newest run, its own mix of operations
  $ sbx-bench tune --from runsc/ptrace/net=sandbox/seccomp=none
  $ sbx-bench tune --goal startup --format markdown
  $ sbx-bench tune --html advice.html
  $ sbx-bench tune --weights 'system calls=1,getpid=1'      a workload of your own
  $ sbx-bench tune -- gzip -kc /usr/bin/perl                a program of yours, predicted
  $ sbx-bench tune --to runsc/systrap/net=none/seccomp=none --json | jq -r .use.snippets[].text`,
    )
    .action(async (words: string[], flags: Flags) => {
      const { html, outputFile } = flags;
      const printsJson = outputFile === undefined && (flags.json === true || flags.format !== undefined);
      const pageIsOnStdout = takesStdout({ "--html": html, "--output-file": outputFile }, printsJson);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const report = await tuneHere(words, flags, config);
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

function rendered(report: TuneReport, { format, json }: Flags): string {
  if (json === true || format === "json") return `${JSON.stringify(report, null, 1)}\n`;
  return format === "markdown"
    ? tuneMarkdown(report)
    : tuneTerminal(report, terminalOptions(process.stdout, process.env));
}

/** `getpid=1,small files, bind mount=0.5`: names may have commas, weights can't. */
function weights(text: string): { name: string; weight: number }[] {
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
    return read;
  throw new InvalidArgumentError("It has to be name=weight, several with commas between: getpid=1,files=0.5");
}

/** `10`, `10%` -> 0.1 */
function share(text: string): number {
  const value = Number(text.trim().replace(/\s*%$/, ""));
  if (value >= 0 && value <= 100 && text.trim() !== "") return value / 100;
  throw new InvalidArgumentError("It has to be a percentage, e.g. 10%.");
}
