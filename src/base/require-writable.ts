/** Whether a result can be written at the end, asked before the work that leads to it. */
import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { SbxError } from "./errors.ts";
import { type OutputTarget, outputTarget } from "./output-target.ts";
import { reasonOf } from "./reason.ts";
import { folderProblem } from "./result-folder.ts";

/**
 * @param option as the user typed it: `--html`
 * @throws SbxError (exit code 4) where the file is a folder, or can't be made
 */
export function requireWritableFile(option: string, file: string): void {
  const target = targetOf(option, file);
  if (target.kind === "refused") throw refused(option, file, target.why, "Name another file; - is stdout.");
  // stdout, a device or a pipe needs no folder.
  if (target.kind !== "replace") return;
  const folder = dirname(target.path);
  requireFolderFor(option, file, folder);
  const problem = folderProblem(folder);
  if (problem !== null) throw refused(option, file, problem, "Make the folder first, or correct the path.");
}

function targetOf(option: string, file: string): OutputTarget {
  try {
    return outputTarget(file);
  } catch (error) {
    throw refused(option, file, reasonOf(error), "Name another file; - is stdout.");
  }
}

/** As `requireWritableFile`, of a folder that results are written into; it is made if need be. */
export function requireWritableFolder(option: string, folder: string): void {
  requireFolderFor(option, folder, resolve(folder));
}

/** The nearest folder that is there has to take what is missing. */
function requireFolderFor(option: string, given: string, folder: string): void {
  let found = folder;
  let entry = statOf(found);
  while (entry === undefined && dirname(found) !== found) {
    found = dirname(found);
    entry = statOf(found);
  }
  if (entry?.isDirectory() !== true) {
    throw refused(option, given, `${found} is not a folder.`, "Choose another place.");
  }
  try {
    accessSync(found, constants.W_OK | constants.X_OK);
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === "EROFS";
    throw refused(
      option,
      given,
      `${found} ${isReadOnly ? "is on a read-only file system" : "may not be written to"}.`,
      "Choose another place, or change its permissions.",
    );
  }
}

/** A file in the place of a folder (ENOTDIR) has nothing below it. */
function statOf(path: string): ReturnType<typeof statSync> | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function refused(option: string, given: string, why: string, fix: string): SbxError {
  return new SbxError({
    what: `${option} ${given}: the result can't be written there`,
    why,
    fix,
    exitCode: 4,
  });
}
