/** What stands between a program and its host in each configuration. */

import type { Configuration } from "../../axes/configuration.ts";
import { factsOf } from "../../axes/sandbox.ts";
import { settingsOf } from "./runsc-flags.ts";

export const LAYERS = ["kernel", "network", "filter", "namespaces", "files"] as const;
export type Layer = (typeof LAYERS)[number];

/** What each keeps out, and its letter in a table. */
export const LAYER_TITLES: Record<Layer, { letter: string; title: string }> = {
  kernel: { letter: "K", title: "system calls of the program end in gVisor's own kernel, not in the host's" },
  network: { letter: "N", title: "the host's network interfaces and its loopback are out of reach" },
  filter: { letter: "F", title: "a seccomp filter on the program's own system calls" },
  namespaces: { letter: "M", title: "mount, pid, ipc and uts namespaces of its own" },
  files: {
    letter: "G",
    title: "files only through the gofer: gVisor's kernel may make no file system calls (directfs=false)",
  },
};

/** @param flags of the configuration's runsc, as given to it */
export function layersOf(config: Configuration, flags: readonly string[]): Layer[] {
  const { layers, isGVisor } = factsOf(config);
  const has: Record<Layer, boolean> = {
    kernel: layers.kernel,
    network: config.network !== "host",
    filter: config.seccomp !== "none",
    namespaces: layers.namespaces,
    files: isGVisor && settingsOf(flags).get("directfs") === "false",
  };
  return LAYERS.filter((layer) => has[layer]);
}
