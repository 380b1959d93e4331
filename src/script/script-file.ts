/** A Go script as a user names it: one file that is a program by itself. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SbxError } from "../base/errors.ts";

export type Script = {
  /** Absolute, without symbolic links. */
  path: string;
  /** Its file name. */
  name: string;
  source: Buffer;
  /** Folder of the nearest go.mod above it, as `go run` finds it; `null` = it has only the standard library. */
  moduleDir: string | null;
};

/** A script is read whole, and more than once. */
const MOST_BYTES = 8 * 1024 * 1024;

/** @throws SbxError (exit code 2) where it is no Go file that can be read */
export function readScript(path: string): Script {
  const refused = (why: string, fix = "Name a Go file with `package main`.") =>
    new SbxError({ what: `Cannot run ${path}`, why, fix });
  let real: string;
  try {
    real = realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") throw refused("There is no such file.");
    if (code === "ELOOP") throw refused("Its symbolic links lead in a circle.");
    throw refused(`Its path can't be followed (${code}).`);
  }
  const { size, isDirectory, isFile } = typeOf(real);
  if (isDirectory) throw refused("It is a folder.", "Name the file in it that has `package main`.");
  if (!isFile) throw refused("It is no regular file.");
  if (!path.endsWith(".go")) throw refused("Its name does not end in .go.");
  if (path.endsWith("_test.go")) throw refused("It is a test: Go takes no _test.go as a program.");
  if (size > MOST_BYTES) throw refused(`It has ${size} bytes; a script has at most ${MOST_BYTES}.`);
  let source: Buffer;
  try {
    source = readFileSync(real);
  } catch (error) {
    throw refused(`It can't be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (source.includes(0)) throw refused("It is a binary file, and no Go source.");
  if (!/^\s*package\s+main\b/m.test(source.toString("utf8"))) throw refused("It has no line `package main`.");
  return { path: real, name: basename(path), source, moduleDir: moduleAbove(dirname(real)) };
}

function typeOf(path: string): { size: number; isDirectory: boolean; isFile: boolean } {
  const found = statSync(path);
  return { size: found.size, isDirectory: found.isDirectory(), isFile: found.isFile() };
}

function moduleAbove(dir: string): string | null {
  if (existsSync(join(dir, "go.mod"))) return dir;
  return dirname(dir) === dir ? null : moduleAbove(dirname(dir));
}
