import { homedir } from "node:os";
import { join } from "node:path";

/** Where this tool keeps what can be made again: programs, probes, learned durations. XDG base directories. */
export function cacheDir(...parts: string[]): string {
  const base = process.env.XDG_CACHE_HOME;
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "sbx-bench", ...parts);
}
