import { readFileSync } from "node:fs";
import { SbxError } from "../../base/errors.ts";
import type { Reading } from "../../capacity/units.ts";

/** A file of the user, one entry a line. @throws SbxError (exit code 2) where it cannot be read or says something else */
export function readInput<T>(option: string, file: string, read: (text: string) => Reading<T>): T {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SbxError({
      what: `${option} ${file} cannot be read`,
      why,
      fix: "Name a file with one time a line.",
      cause,
    });
  }
  const reading = read(text);
  if ("value" in reading) return reading.value;
  throw new SbxError({
    what: `${option} ${file} cannot be used`,
    why: `It ${reading.mistake}.`,
    fix: "One time a line; # starts a comment.",
  });
}
