import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { cacheDir } from "./cache-folder.ts";
import { SbxError } from "./errors.ts";
import { reasonOf } from "./reason.ts";

/**
 * A folder in this tool's cache, made where it is missing, that files can be put into.
 * @throws SbxError (exit code 4) where the cache takes nothing
 */
export function makeCacheDir(...parts: string[]): string {
  const folder = cacheDir(...parts);
  try {
    // Asked first: on a read-only file system a recursive mkdir fails with ENOENT, which says nothing.
    accessSync(nearestExisting(folder), constants.W_OK);
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (error) {
    throw new SbxError({
      what: `The cache cannot be written: ${folder}`,
      why: reasonOf(error),
      fix: "Free some space there, or set XDG_CACHE_HOME to a folder that may be written to.",
      exitCode: 4,
      cause: error,
    });
  }
}

function nearestExisting(folder: string): string {
  let found = folder;
  while (!existsSync(found) && dirname(found) !== found) found = dirname(found);
  return found;
}
