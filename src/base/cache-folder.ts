import { userInfo } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where this tool keeps what it downloads, builds and remembers: `$XDG_CACHE_HOME/sbx-bench`. A relative path is
 * invalid and ignored: XDG Base Directory Specification. setup/tools.sh does the same.
 */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const home = () => absolute(env.HOME) ?? userInfo().homedir;
  return join(absolute(env.XDG_CACHE_HOME) ?? join(home(), ".cache"), "sbx-bench");
}

/** A place in this tool's cache: programs, scratch, ledgers, learned durations. */
export function cacheDir(...parts: string[]): string {
  return join(cacheFolder(), ...parts);
}

function absolute(path: string | undefined): string | null {
  return path !== undefined && isAbsolute(path) ? path : null;
}
