/** Which shared libraries a dynamic program needs: they are copied into its root file system. */
import { realpathSync } from "node:fs";
import { execa } from "execa";
import { SbxError } from "../base/errors.ts";

/**
 * As the host's loader finds them, ldd(1). It may run the loader that a program names; this one was linked here.
 *
 * @returns path at which the program looks -> the host's file; empty for a static program
 * @throws SbxError (exit code 4) where one is missing
 */
export async function librariesOf(program: string): Promise<Record<string, string>> {
  const { stdout, exitCode, code } = await execa("ldd", [program], {
    reject: false,
    timeout: 10_000,
    stdin: "ignore",
    env: { LC_ALL: "C" },
  });
  if (code === "ENOENT") throw missing("ldd is missing, which tells them.", "Install it (package libc-bin).");
  // For a static program.
  if (exitCode !== 0) return {};
  return parseLibraries(stdout, realpathSync);
}

/** @param ldd its output */
export function parseLibraries(ldd: string, realPath: (path: string) => string): Record<string, string> {
  const lost = /^\s*(\S+) => not found/m.exec(ldd)?.[1];
  if (lost !== undefined) throw missing(`${lost} is not found.`, "Install the library.");
  const paths = [...ldd.matchAll(/^\s*(?:\S+ => )?(\/\S+) \(0x[0-9a-f]+\)$/gm)].map(([, path]) => path!);
  return Object.fromEntries(paths.map((path) => [path, realPath(path)]));
}

function missing(why: string, fix: string): SbxError {
  return new SbxError({ what: "The program's C libraries cannot be brought along", why, fix, exitCode: 4 });
}
