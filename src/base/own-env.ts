import { statSync } from "node:fs";
import { isAbsolute } from "node:path";

/**
 * Variables of the caller's that change how programs run or in which language tools answer. What runs in a sandbox
 * gets an environment of its own; these would still reach the tools that start it, that are asked for their versions,
 * and whose output is read.
 */
const CHANGING =
  /^(LANG|LANGUAGE|LC_\w+|LD_\w+|MALLOC_\w+|GLIBC_TUNABLES|POSIXLY_CORRECT|GODEBUG|GOGC|GOMAXPROCS|GOMEMLIMIT|GOTRACEBACK|GOCOVERDIR|NODE_OPTIONS)$/;

/**
 * Takes them out of this process's environment, and with it out of every child's; a TMPDIR that is no folder, too.
 * @returns what the user has to know of it
 */
export function cleanOwnEnv(env: NodeJS.ProcessEnv): string[] {
  for (const name of Object.keys(env)) if (CHANGING.test(name)) delete env[name];
  env.LC_ALL = "C";
  const { TMPDIR } = env;
  if (TMPDIR === undefined || isUsable(TMPDIR)) return [];
  delete env.TMPDIR;
  return [`TMPDIR=${TMPDIR} is not an absolute path of a folder; /tmp is used`];
}

function isUsable(folder: string): boolean {
  return isAbsolute(folder) && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
