/**
 * The folder of a file that the user named. Its last part is made where it is missing; more of it is a slip of the
 * finger, and so is a new folder directly below /.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { isFolder } from "./is-folder.ts";

/** @returns a sentence that says why the folder is not made; null = it is there, or may be made */
export function folderProblem(folder: string): string | null {
  if (isFolder(folder)) return null;
  const above = dirname(folder);
  if (above === "/") return `There is no folder ${folder}, and none is made directly below /.`;
  return isFolder(above) ? null : `There is no folder ${above}; only the last one of a path is made.`;
}

/** @throws as node:fs does, and Error with the sentence of `folderProblem` */
export function makeResultFolder(folder: string): void {
  if (isFolder(folder)) return;
  const problem = folderProblem(folder);
  if (problem !== null) throw new Error(problem);
  mkdirSync(folder, { recursive: true });
}
