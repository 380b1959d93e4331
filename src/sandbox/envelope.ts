/**
 * The shell-visible part of a launch: join the cgroups, die with the harness, enter fresh namespaces.
 *
 * Three small C programs in one process (each execs the next), so that the whole launch is a command line that
 * a person can read and repeat, and so that killing that one process ends the pid namespace and all in it.
 */

export type Namespaces = {
  network: boolean;
  /** A user namespace that maps the caller to root; for callers that are not root. */
  user: boolean;
};

/**
 * What comes before the program on the command line.
 *
 * @param namespaces `null` for what makes its own
 * @param prelude further commands of the shell
 */
export function envelope(
  cgroupDirs: readonly string[],
  namespaces: Namespaces | null,
  prelude: readonly string[] = [],
): string[] {
  const entering = namespaces === null ? [] : enterNamespaces(namespaces);
  return [...inShell(cgroupDirs, prelude), ...dieWithHarness(), ...entering];
}

function inShell(cgroupDirs: readonly string[], prelude: readonly string[]): string[] {
  if (cgroupDirs.length === 0 && prelude.length === 0) return [];
  // "0" is the writer itself (cgroups(7)); exec keeps the membership.
  const joins = cgroupDirs.map((dir) => `echo 0 > '${dir}/cgroup.procs'`);
  return ["/bin/sh", "-c", [...joins, ...prelude, 'exec "$@"'].join(" && "), "join-cgroups"];
}

/** PR_SET_PDEATHSIG survives exec: a SIGKILLed harness takes its launch along. */
function dieWithHarness(): string[] {
  return ["setpriv", "--pdeathsig", "KILL", "--"];
}

function enterNamespaces(namespaces: Namespaces): string[] {
  return [
    "unshare",
    "--mount",
    "--pid",
    "--fork",
    // Without it a killed unshare leaves its child, and with it the whole sandbox, behind.
    "--kill-child=SIGKILL",
    // runsc starts its gofer through /proc, so it needs the /proc of its own pid namespace.
    "--mount-proc",
    "--ipc",
    "--uts",
    ...(namespaces.network ? ["--net"] : []),
    ...(namespaces.user ? ["--user", "--map-root-user"] : []),
    "--",
  ];
}
