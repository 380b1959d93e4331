/** What a program gets that is run by its command: for every command that takes one behind --. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { ProgramSettings } from "../../use-cases/program/program-input.ts";
import { repeatable } from "./repeated-option.ts";

export type ProgramFlags = ProgramSettings;

/** As in the command's flags. */
export const PROGRAM_OPTIONS = [
  "expectExit",
  "env",
  "work",
  "cwd",
  "stdin",
] as const satisfies (keyof ProgramFlags)[];

export function addProgramOptions(command: Command): Command {
  return command
    .option("--expect-exit <code>", "the exit code that means success", exitCode, 0)
    .addOption(
      new Option("--env <NAME=value>", "further environment; repeated for more")
        .argParser(repeatable(variable))
        .default({}, "none"),
    )
    .option("--work <dir>", "folder of which it gets a writable copy to work in")
    .option("--cwd <dir>", "where it starts (default: this folder; with --work its copy)")
    .option("--stdin <file>", "what it reads as standard input (default: /dev/null)");
}

function exitCode(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number from 0 to 255.");
}

function variable(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at > 0) return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
  throw new InvalidArgumentError("It has to be NAME=value.");
}
