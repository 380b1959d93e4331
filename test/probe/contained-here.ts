/** Options for contained runs on this host. */
import type { ContainedOptions } from "../../src/probe/contained.ts";

export function containedHere(limitMs: number): ContainedOptions {
  return {
    unshare: "/usr/bin/unshare",
    setpriv: "/usr/bin/setpriv",
    rootless: process.getuid?.() !== 0,
    limitMs,
  };
}
