/** What is measured: one configuration of the sandbox with one scenario. */

export const SANDBOXES = ["native", "unshare", "runc", "runsc", "fake"] as const;
export type SandboxName = (typeof SANDBOXES)[number];

/** What a user may name; `fake` launches nothing, and is for the tests of this tool. */
export const REAL_SANDBOXES = SANDBOXES.filter((name) => name !== "fake");

export const PLATFORMS = ["systrap", "ptrace", "kvm"] as const;
export type PlatformName = (typeof PLATFORMS)[number];

export const NETWORKS = ["none", "host", "sandbox"] as const;
export type NetworkName = (typeof NETWORKS)[number];

/** `none`, `default`, `generated`, or the path of a profile, seen from the configuration's folder. */
export type SeccompName = string;

/** One value on every axis: how a sandbox is built. */
export type Configuration = {
  sandbox: SandboxName;
  /** Only runsc has one. */
  platform: PlatformName | null;
  network: NetworkName;
  seccomp: SeccompName;
  /** Label of its runsc, where the run names the runscs that it measures. Only runsc has one. */
  runsc?: string;
  /** Name of a variant of runsc's flags; left out for the flags that every runsc of the run gets. */
  flags?: string;
};

/**
 * - `planned`: will be launched
 * - `excluded`: makes no sense, or the configuration rules it out
 * - `unavailable`: this host cannot run it
 */
export type CellStatus = "planned" | "excluded" | "unavailable";

export type Cell = {
  /** Readable and stable: `runsc/systrap/net=none/seccomp=none::syscalls`. */
  id: string;
  config: Configuration;
  /** Name of the scenario as listed in the configuration; an alias where one was given. */
  scenario: string;
  status: CellStatus;
  /** Why it does not run; `null` when planned. */
  reason: string | null;
  /** Which of the two configurations of an interleaved run it belongs to; its id then starts with `a:` or `b:`. */
  side?: SideName;
  /** Id of the cell that this one repeats, so that it is seen how far two equal cells differ. */
  twinOf?: string;
};

/** a: the old one, b: the new one. */
export const SIDES = ["a", "b"] as const;
export type SideName = (typeof SIDES)[number];

/** `runsc/systrap/net=none/seccomp=none`, `runsc@debian/systrap/net=none/seccomp=none/flags=directfs=false` */
export function configurationId(config: Configuration): string {
  const runsc = config.runsc === undefined ? "" : `@${config.runsc}`;
  const platform = config.platform === null ? "" : `/${config.platform}`;
  const flags = config.flags === undefined ? "" : `/flags=${config.flags}`;
  return `${config.sandbox}${runsc}${platform}/net=${config.network}/seccomp=${config.seccomp}${flags}`;
}

/** `runsc/systrap/net=none/seccomp=none::syscalls` */
export function cellId(config: Configuration, scenario: string): string {
  return `${configurationId(config)}::${scenario}`;
}
