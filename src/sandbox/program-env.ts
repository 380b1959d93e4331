/** The environment that tells a scenario where its folders are; names as in docs/protocol.md. */

export const ROOTFS_PROGRAM = "/scenario";

/** Inside a root file system of its own. */
export function sandboxedEnv(env: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...env,
    PATH: "/",
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
    SBX_DIR_ROOT: `${dirs.rootfs}/data`,
    SBX_DIR_BIND: dirs.bindDir,
    ...(dirs.hostTmpfsDir === null ? {} : { SBX_DIR_TMPFS: dirs.hostTmpfsDir }),
    SBX_TRUE: `${dirs.rootfs}/true`,
  };
}
