/** `--format` and `--output-file`, the same in every command that has them. */
import { relative } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { writeText } from "../base/write-text.ts";
import { note } from "./note.ts";
import { writeRendered } from "./write.ts";

export type FormatFlags<Format extends string> = { format?: Format; outputFile?: string };

export function addFormatOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option("--format <name>", formats.join(", "))
        .conflicts("json")
        .argParser((given: string, before?: string) => onlyOne(known(given, formats), before)),
    )
    .option("--output-file <file>", "write it there instead of to stdout, atomically");
}

/** @throws SbxError (exit code 4) when the file can't be written */
export function deliver(text: string, outputFile: string | undefined): void {
  if (outputFile === undefined) {
    writeRendered(text);
    return;
  }
  writeText(outputFile, text);
  note(`wrote ${relative(process.cwd(), outputFile) || outputFile}`);
}

/** `check` takes several; here the earlier one would be lost. */
function onlyOne(format: string, before: string | undefined): string {
  if (before === undefined || before === format) return format;
  throw new InvalidArgumentError(
    `There is --format ${before} already, and one is printed. Run the command twice.`,
  );
}

function known(given: string, formats: readonly string[]): string {
  if (formats.includes(given)) return given;
  throw new SbxError({
    what: `There is no format ${given}`,
    why: `The formats are ${formats.join(", ")}.${didYouMean(given, formats)}`,
    fix: "Name one of them.",
  });
}
