/** The program behind --, with what it gets: everything that can be wrong with it, found before anything runs. */
import { accessSync, constants, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { environment } from "../../base/environment.ts";
import { SbxError } from "../../base/errors.ts";
import { locateCommand } from "../../profile/locate-command.ts";
import type { ProfileInput } from "../../profile/record-profile.ts";

export type ProgramInput = Pick<ProfileInput, "command" | "work" | "cwd" | "env" | "stdin" | "expectExit">;

/** What a program gets, as typed: a relative path starts in the folder of the command. */
export type ProgramSettings = {
  env: Record<string, string>;
  /** Folder of which it gets a writable copy. */
  work?: string;
  cwd?: string;
  stdin?: string;
  expectExit: number;
};

/**
 * @param words as given behind --
 * @param usage what to type instead of nothing: `sbx-bench profile -- COMMAND`
 * @throws SbxError (exit code 2) where there is no program, or it, its folder or its input can't be used
 */
export function programInput(words: readonly string[], flags: ProgramSettings, usage: string): ProgramInput {
  const { env, expectExit } = flags;
  const folders = foldersOf(flags);
  const [name, ...args] = words;
  if (name === undefined) {
    throw new SbxError({
      what: "Which program?",
      why: "There is nothing behind --.",
      fix: `Write the program and its arguments there: ${usage}`,
    });
  }
  return {
    command: locateCommand([name, ...args], {
      ownPath: environment().PATH ?? "",
      cwd: folders.startsIn,
      searchPath: env.PATH,
    }),
    work: folders.work,
    cwd: folders.cwd,
    env,
    stdin: inputOf(flags),
    expectExit,
  };
}

/** A relative path starts in the copy of `work` where there is one, else here. */
function foldersOf({
  work,
  cwd,
}: ProgramSettings): Pick<ProfileInput, "work" | "cwd"> & { startsIn: string } {
  if (work === undefined) {
    const folder = requireFolder("--cwd", cwd ?? ".", resolve(cwd ?? "."));
    return { work: null, cwd: folder, startsIn: folder };
  }
  const folder = requireFolder("--work", work, resolve(work));
  if (cwd === undefined) return { work: folder, cwd: null, startsIn: folder };
  const startsIn = requireFolder("--cwd", cwd, resolve(folder, cwd));
  return { work: folder, cwd, startsIn };
}

function requireFolder(option: string, given: string, path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return path;
  throw new SbxError({
    what: `${option} ${given}: there is no such folder`,
    why: found === undefined ? `${path} does not exist.` : `${path} is not a folder.`,
    fix:
      option === "--work"
        ? "Name a folder; the program gets a copy of it."
        : "Name a folder; with --work a relative path starts in the copy.",
  });
}

function inputOf({ stdin }: ProgramSettings): string | null {
  if (stdin === undefined) return null;
  const path = resolve(stdin);
  const found = statSync(path, { throwIfNoEntry: false });
  const why =
    found === undefined
      ? `${path} does not exist.`
      : found.isDirectory()
        ? `${path} is a folder.`
        : isReadable(path)
          ? null
          : `${path} may not be read.`;
  if (why === null) return path;
  throw new SbxError({
    what: `--stdin ${stdin}: it can't be the program's input`,
    why,
    fix: `Name a file that can be read${stdin === "-" ? `, for instance ${join("/tmp", "input")}` : ""}; each run reads it from its start.`,
  });
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
