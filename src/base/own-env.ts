/**
 * Variables of the caller's that change how programs run or in which language tools answer. What runs in a sandbox
 * gets an environment of its own; these would still reach the tools that start it, that are asked for their versions,
 * and whose output is read.
 */
const CHANGING =
  /^(LANG|LANGUAGE|LC_\w+|LD_\w+|MALLOC_\w+|GLIBC_TUNABLES|POSIXLY_CORRECT|GODEBUG|GOGC|GOMAXPROCS|GOMEMLIMIT|GOTRACEBACK|GOCOVERDIR|NODE_OPTIONS)$/;

/** Takes them out of this process's environment, and with it out of every child's. */
export function cleanOwnEnv(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) if (CHANGING.test(name)) delete env[name];
  env.LC_ALL = "C";
}
