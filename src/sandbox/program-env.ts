/**
 * The environment that tells a scenario where its folders are; names as in docs/protocol.md. It is all that a program
 * gets, in every sandbox the same names: a variable of the caller's (GOGC, GODEBUG, LD_PRELOAD) would change what is
 * measured, and in some sandboxes only.
 */

export const ROOTFS_PROGRAM = "/scenario";

/** runc and runsc would set it, to the same, where it is missing. */
const HOME = "/";

/** `NAME=value`, as the kernel has them. */
export function envList(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/** Inside a root file system of its own. */
export function sandboxedEnv(env: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...env,
    PATH: "/",
    HOME,
    SBX_DIR_ROOT: "/data",
    SBX_DIR_BIND: "/bind",
    SBX_DIR_TMPFS: "/scratch",
    SBX_TRUE: "/true",
  };
}

/** On the host's own file systems. */
export function nativeEnv(
  env: Readonly<Record<string, string>>,
  dirs: { rootfs: string; bindDir: string; hostTmpfsDir: string | null },
): Record<string, string> {
  return {
    ...env,
    PATH: "/usr/bin:/bin",
    HOME,
    SBX_DIR_ROOT: `${dirs.rootfs}/data`,
    SBX_DIR_BIND: dirs.bindDir,
    ...(dirs.hostTmpfsDir === null ? {} : { SBX_DIR_TMPFS: dirs.hostTmpfsDir }),
    SBX_TRUE: `${dirs.rootfs}/true`,
  };
}
