import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { SbxError } from "../base/errors.ts";

/** Where programs are looked for, in every sandbox alike; as the scenario `program` sets it. */
export const SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * A command as it is found without the caller's PATH: with its whole path where only that PATH leads to it.
 *
 * @param ownPath the caller's PATH
 * @throws SbxError (exit code 2) when there is no such program in either
 */
export function locateCommand(
  [name, ...args]: readonly [string, ...string[]],
  ownPath: string,
): [string, ...string[]] {
  if (name.includes("/") || findProgram(name, SEARCH_PATH) !== null) return [name, ...args];
  const found = findProgram(name, ownPath);
  if (found !== null) return [found, ...args];
  throw new SbxError({
    what: `There is no program ${name}`,
    why: "It is in no folder of PATH.",
    fix: `Give its path, for instance ./${name}. The program and its arguments stand behind --.`,
  });
}

/** @returns its whole path; `null` = it is in none of the folders */
export function findProgram(name: string, path: string): string | null {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
