/** The ways in which a Go script is run. */
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";

export const MODES = ["compiled"] as const;
export type ModeName = (typeof MODES)[number];

/** @throws SbxError (exit code 2) with the allowed ones and the nearest */
export function readMode(text: string): ModeName {
  const found = MODES.find((mode) => mode === text);
  if (found !== undefined) return found;
  throw new SbxError({
    what: `There is no mode ${text}`,
    why: `The modes are ${MODES.join(", ")}.${didYouMean(text, MODES)}`,
    fix: "docs/scripts.md says what each does.",
  });
}
