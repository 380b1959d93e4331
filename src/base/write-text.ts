import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { SbxError } from "./errors.ts";
import { writeAtomically } from "./write-atomically.ts";

/**
 * A rendered text to a file that the user named, whole or not at all; its folder is made.
 * @throws SbxError (exit code 4) where that can't be
 */
export function writeText(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeAtomically(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new SbxError({
      what: `Cannot write ${file}`,
      why: code === "ENOSPC" ? "the disk is full" : error instanceof Error ? error.message : String(error),
      fix: "Choose another file with --output-file, or leave it out to print to stdout.",
      exitCode: 4,
      cause: error,
    });
  }
}
