/** `debian`, `20260905`, `/opt/runsc-new`, `mine=/opt/runsc-new` -> a label for ids, and what is wanted. Pure. */
import { basename, dirname, resolve as resolvePath } from "node:path";
import type { RunscChoice } from "../axes/runsc-version.ts";
import { SbxError } from "../base/errors.ts";

/** What may stand in a cell's id without being taken for one of its parts or for a glob. */
const LABEL = /^[\w.~+-]+$/;

/**
 * A path without a label is called by its file's name, or by its folder's where the file is just `runsc`.
 *
 * @throws SbxError for a label that can't stand in an id, and for two that are the same
 */
export function runscChoices(asked: readonly string[], baseDir: string): RunscChoice[] {
  const choices = [...new Set(asked)].map((text) => choiceOf(text, baseDir));
  const twice = choices.find(({ label }, index) => choices.findIndex((one) => one.label === label) !== index);
  if (twice !== undefined) {
    const both = choices.filter(({ label }) => label === twice.label).map(({ wanted }) => wanted);
    throw new SbxError({
      what: `Two runscs would be called "${twice.label}"`,
      why: `${both.join(" and ")} have the same name, and the ids of their cells would be the same.`,
      fix: `Give one of them a label: other=${twice.wanted}`,
    });
  }
  return choices;
}

function choiceOf(text: string, baseDir: string): RunscChoice {
  const [, given, rest] = /^([^/=]+)=(.+)$/.exec(text) ?? [];
  const wanted = rest ?? text;
  const path = wanted.includes("/") ? resolvePath(baseDir, wanted) : null;
  const label = given ?? (path === null ? wanted : nameOfFile(path));
  if (!LABEL.test(label)) {
    throw new SbxError({
      what: `"${label}" can't be the label of a runsc`,
      why: "It stands in the ids of cells: letters, digits and . _ ~ + - only.",
      fix: path === null ? "Correct it." : `Give it a label: mine=${wanted}`,
    });
  }
  return { label, wanted: path ?? wanted };
}

function nameOfFile(path: string): string {
  return basename(path) === "runsc" ? basename(dirname(path)) || "runsc" : basename(path);
}
