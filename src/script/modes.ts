/** The ways in which a Go script is run. */
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";

export const MODES = ["compiled", "yaegi", "go-run", "cgo"] as const;
/** Behind the mode's name where it is shown: what a reader has to know of it. */
export const MODE_LABELS: Readonly<Record<ModeName, string>> = {
  compiled: "compiled",
  yaegi: "yaegi (language and library of Go 1.22, frozen 2024)",
  "go-run": "go-run",
  cgo: "cgo",
};

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
