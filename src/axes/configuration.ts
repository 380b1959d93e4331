/** A configuration: one value on every axis. How a sandbox is built. */
import type { NetworkName } from "./network.ts";
import type { PlatformName } from "./platform.ts";
import type { RunscChoice } from "./runsc-version.ts";
import type { SandboxName } from "./sandbox.ts";
import type { SeccompName } from "./seccomp.ts";

/** The values beside the sandbox. */
export type AxisValues = {
  /** Only runsc has one. */
  platform: PlatformName | null;
  network: NetworkName;
  seccomp: SeccompName;
  /** Label of its runsc, where the run names the runscs that it measures. Only runsc has one. */
  runsc?: string;
  /** Name of a variant of runsc's flags; left out for the flags that every runsc of the run gets. */
  flags?: string;
};

export type Configuration = { sandbox: SandboxName } & AxisValues;

export type AxisKey = keyof Configuration;

/** The values of every axis that a run crosses. */
export type Matrix = {
  sandbox: readonly SandboxName[];
  platform: readonly PlatformName[];
  network: readonly NetworkName[];
  seccomp: readonly SeccompName[];
  /** Empty: the one runsc that is found, without a label in ids. */
  runsc: readonly RunscChoice[];
  /** Names of variants, `default` for none; empty: no such axis. */
  flags: readonly string[];
};
