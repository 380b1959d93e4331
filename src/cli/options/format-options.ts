/** `--format` and `--output-file`, the same in every command that has them. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import { goesToStdout } from "../../base/output-target.ts";
import { writeText } from "../../base/write-text.ts";
import { LAUNCHES_FILE, MANIFEST_FILE } from "../../run/run-folder.ts";
import { note } from "../output/note.ts";
import { writeRendered } from "../output/write.ts";
import { repeatable } from "./repeated-option.ts";

export type FormatFlags<Format extends string> = { format?: Format; outputFile?: string };

export function addFormatOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(
      new Option("--format <name>", formats.join(", "))
        .conflicts("json")
        .argParser(repeatable((given: string, before?: string) => onlyOne(known(given, formats), before))),
    )
    .option("--output-file <file>", "write it there, atomically, instead of to stdout (-)");
}

/** @throws SbxError (exit code 4) when the file can't be written */
export function deliver(text: string, outputFile: string | undefined): void {
  if (outputFile === undefined) {
    writeRendered(text);
    return;
  }
  writeNamed(outputFile, text, "--output-file");
}

/** To the file that an option names; `-` is stdout. @throws SbxError (exit code 4) when that can't be */
export function writeNamed(file: string, text: string | Uint8Array, option: string): void {
  refuseRecord(file, option);
  noteWritten(file, writeText(file, text, option));
}

/** @param isWhole what `writeText` returned; @param what more there is to say of it */
export function noteWritten(file: string, isWhole: boolean, what = ""): void {
  if (goesToStdout(file)) return;
  if (isWhole) note(`wrote ${file}${what}`);
  else note(`warning  ${file} has only a part of it: its reader closed it before the end`);
}

/** What was measured can be rendered again; a rendering can't be measured again. @throws SbxError (exit code 2) */
function refuseRecord(file: string, option: string): void {
  const path = realPath(resolve(file));
  const isRecord = [MANIFEST_FILE, LAUNCHES_FILE].includes(basename(path));
  if (!isRecord || !existsSync(path) || !existsSync(join(dirname(path), MANIFEST_FILE))) return;
  throw new SbxError({
    what: `${option} ${file} would replace the record of a run`,
    why: `${basename(path)} holds what was measured, and everything else is made from it.`,
    fix: "Name another file.",
  });
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Which of the named files is stdout, so that nothing else may be printed there.
 * @param files by option; @throws SbxError (exit code 2) for two of them, or one beside what `json` prints
 */
export function takesStdout(files: Record<string, string | undefined>, json: boolean): boolean {
  const takers = Object.keys(files).filter(
    (option) => files[option] !== undefined && goesToStdout(files[option]),
  );
  const all = [...takers.map((option) => `${option} ${files[option]}`), ...(json ? ["--json"] : [])];
  if (takers.length > 0 && all.length > 1) {
    throw new SbxError({
      what: `${all.join(" and ")} don't go together`,
      why: "Each of them prints to stdout, and nobody could read the one behind the other.",
      fix: `Give ${takers[0]} a file.`,
    });
  }
  return takers.length > 0;
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
