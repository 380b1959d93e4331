import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { SbxError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { requireProgram } from "./require-program.ts";

/** Where programs are looked for, in every sandbox alike; as the scenario `program` sets it. */
export const SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export type CommandPlace = {
  /** The caller's PATH. */
  ownPath: string;
  /** Folder that a relative path starts in. */
  cwd: string;
  /** The program's own PATH, where it is given one. */
  searchPath?: string | undefined;
};

type Folders = { ownPath: string; cwd: string; searchPath: string };

/**
 * A command as it is found without the caller's PATH: with its whole path where only that PATH leads to it.
 *
 * @throws SbxError (exit code 2) when there is no such program, or it can't be run, before anything is run
 */
export function locateCommand(
  [name, ...args]: readonly [string, ...string[]],
  { ownPath, cwd, searchPath = SEARCH_PATH }: CommandPlace,
): [string, ...string[]] {
  if (name.trim() === "") throw emptyName(args);
  if (name.includes("/") && statSync(resolve(cwd, name), { throwIfNoEntry: false }) !== undefined) {
    requireProgram(name, resolve(cwd, name));
    return [name, ...args];
  }
  const found = name.includes("/") ? null : (findProgram(name, searchPath) ?? findProgram(name, ownPath));
  if (found === null) throw missing(name, args, { ownPath, cwd, searchPath });
  requireProgram(name, found);
  return [findProgram(name, searchPath) === null ? found : name, ...args];
}

/** @returns its whole path; `null` = it is in none of the folders */
export function findProgram(name: string, path: string): string | null {
  return (
    foldersOf(path)
      .map((folder) => join(folder, name))
      .find(isExecutable) ?? null
  );
}

function foldersOf(path: string): string[] {
  return path.split(delimiter).filter((folder) => folder !== "");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What only a shell understands. */
const SHELL = /[|&;<>$`*?]|\(|\)/;

function missing(name: string, args: readonly string[], place: Folders): SbxError {
  if (/\s/.test(name) && args.length === 0) return oneWord(name);
  if (/^\w+=/.test(name)) return variable(name, args);
  const isPath = name.includes("/");
  const known = isPath
    ? namesIn(resolve(place.cwd, name, "..")).map((entry) => name.replace(/[^/]*$/, entry))
    : [...foldersOf(place.searchPath), ...foldersOf(place.ownPath)].flatMap(namesIn);
  const here = !isPath && statSync(resolve(place.cwd, name), { throwIfNoEntry: false })?.isFile() === true;
  return new SbxError({
    what: `There is no program ${name}`,
    why: here
      ? `${name} is a file of ${place.cwd}; without a slash it is looked for in PATH only.`
      : isPath
        ? `${resolve(place.cwd, name)} does not exist.${didYouMean(name, known)}`
        : `It is in no folder of PATH.${didYouMean(name, known)}`,
    fix: isPath
      ? "Correct the path. The program and its arguments stand behind --."
      : `Give its path, for instance ./${name}. The program and its arguments stand behind --.`,
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A whole command line in quotes: the shell has handed it over as the name of a program. */
function oneWord(text: string): SbxError {
  const shell = `-- sh -c '${text.replaceAll("'", `'\\''`)}'`;
  return new SbxError({
    what: `There is no program called "${text}"`,
    why: `It is one word, in quotes: a program and its arguments are several. ${
      SHELL.test(text) ? "Pipes, redirections and variables are the shell's work, and no shell reads it." : ""
    }`.trim(),
    fix: SHELL.test(text) ? `Let a shell read it: ${shell}` : `Leave out the quotes: -- ${text}`,
  });
}

/** `NAME=value program`: only a shell reads that. */
function variable(name: string, args: readonly string[]): SbxError {
  return new SbxError({
    what: `There is no program ${name}`,
    why: "It is a variable, and the program behind -- is not started by a shell.",
    fix: `Give it as an option: --env ${name} -- ${args.join(" ") || "PROGRAM"}`,
  });
}

function emptyName(args: readonly string[]): SbxError {
  return new SbxError({
    what: "The program has no name",
    why: `The first word behind -- is empty${args.length === 0 ? "" : `; the next is ${args[0]}`}. A variable may be unset.`,
    fix: "Name the program: -- gzip -kc FILE",
  });
}
