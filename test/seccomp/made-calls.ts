/** What `sbx-syscalls` says of a made-up program. */
import type { CallSite, StaticCalls } from "../../src/seccomp/program/static-calls.ts";

export function site(parts: Partial<CallSite> = {}): CallSite {
  return { function: "main.main", address: 0x1000, root: "main", path: ["main.main"], ...parts };
}

export function staticCalls(parts: Partial<StaticCalls> = {}): StaticCalls {
  return {
    goVersion: "go1.26.8",
    functions: 3,
    libraries: [],
    hasLoader: false,
    hasCgo: false,
    calls: [
      { number: 1, sites: [site({ function: "syscall.write" })] },
      { number: 202, sites: [site({ function: "runtime.futex", root: "runtime" })] },
    ],
    unresolved: [],
    ...parts,
  };
}
