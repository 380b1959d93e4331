/** The command line as a whole, with the commands that it is given. */
import type { Command } from "commander";
import { TOOL_VERSION } from "../base/tool-version.ts";
import type { AddCommand } from "./commands.ts";
import { refuseRepetition } from "./options/repeated-option.ts";
import { writeMessage, writeResult } from "./output/write.ts";

export function configureProgram(program: Command, commands: readonly AddCommand[]): Command {
  program
    .name("sbx-bench")
    .description("Measures what sandboxes cost Go programs on this host: gVisor, runc, unshare, seccomp.")
    .version(TOOL_VERSION)
    .option("--config <file>", "configuration (default: ./bench.config.ts)")
    .option("--debug", "show stack traces")
    .configureOutput({ writeOut: writeResult, writeErr: writeMessage })
    .showSuggestionAfterError()
    .showHelpAfterError("Run with --help to see every option.")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench doctor                            what can this host run, and how noisy is it?
  $ sbx-bench plan --preset quick               what would be measured, and how long would it take?
  $ sbx-bench run --matrix --preset quick       measure it and write a report
  $ sbx-bench run --cells '*/net=none/*::startup' --rounds 20
  $ sbx-bench report reports/latest             render the report of a run again
  $ sbx-bench tune                              what to switch, what it gains, and what it gives up`,
    );
  for (const add of commands) add(program);
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.exitOverride();
    refuseRepetition(command);
  }
  return program;
}
