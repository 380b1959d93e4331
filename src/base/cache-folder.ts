import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where this tool keeps what it downloads, builds and remembers: `$XDG_CACHE_HOME/sbx-bench`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "sbx-bench");
}

/** A place in this tool's cache: programs, scratch, ledgers, learned durations. */
export function cacheDir(...parts: string[]): string {
  return join(cacheFolder(), ...parts);
}
