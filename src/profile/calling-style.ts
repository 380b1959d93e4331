import { closeSync, openSync, readSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { CallingStyle } from "../samples/program-profile.ts";

/** What the Go linker writes before a program's build information (debug/buildinfo). */
const GO_MAGIC = Buffer.from("\xff Go buildinf:", "latin1");
const CHUNK_BYTES = 1 << 20;
/** The build information is aligned to 16 bytes and stands early in the data segment; after this it is not looked for. */
const LONGEST_SEARCH_BYTES = 256 << 20;

/** How the program at the head of a command enters the kernel. One that can't be read counts as `libc`. */
export function callingStyleOf(command: string, searchPath: string): CallingStyle {
  const paths = command.includes("/")
    ? [command]
    : searchPath.split(delimiter).map((dir) => join(dir, command));
  for (const path of paths) {
    const isGo = holdsGoMagic(path);
    if (isGo !== null) return isGo ? "go" : "libc";
  }
  return "libc";
}

/** `null` where there is no such file. */
function holdsGoMagic(path: string): boolean | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES + GO_MAGIC.length);
    for (let at = 0; at < LONGEST_SEARCH_BYTES; at += CHUNK_BYTES) {
      // Chunks overlap by the length of what is looked for.
      const got = readSync(file, buffer, 0, buffer.length, at);
      if (buffer.subarray(0, got).includes(GO_MAGIC)) return true;
      if (got < buffer.length) return false;
    }
    return false;
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}
