import { join } from "node:path";
import { cacheFolder } from "../probe/tools.ts";

/** A place in this tool's cache: programs, scratch, ledgers, learned durations. */
export function cacheDir(...parts: string[]): string {
  return join(cacheFolder(), ...parts);
}
