/** What is measured: one configuration of the sandbox with one scenario. */

import { configurationId } from "../axes/axes.ts";
import type { Configuration } from "../axes/configuration.ts";

/**
 * - `planned`: will be launched
 * - `excluded`: makes no sense, or the configuration rules it out
 * - `unavailable`: this host cannot run it
 */
export type CellStatus = "planned" | "excluded" | "unavailable";

export type Cell = Readonly<{
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
}>;

/** a: the old one, b: the new one. */
export const SIDES = ["a", "b"] as const;
export type SideName = (typeof SIDES)[number];

/** `runsc/systrap/net=none/seccomp=none::syscalls` */
export function cellId(config: Configuration, scenario: string): string {
  return `${configurationId(config)}::${scenario}`;
}
