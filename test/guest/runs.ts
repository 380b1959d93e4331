/** The runs that the guest makes, small enough for an emulated processor. Read on both sides. */
import type { BenchConfig } from "../../src/config/define-config.ts";
import { GUEST } from "./places.ts";

export const PLATFORMS = ["systrap", "ptrace", "kvm"] as const;

const LIMITS = { launchSeconds: 120 };
const ALL = {
  sandbox: ["native", "unshare", "runc", "runsc"],
  platform: [...PLATFORMS],
} satisfies BenchConfig["matrix"];

/** Counters of which each kind is checked, with few and with many goroutines. */
export const COUNTERS = ["atomic-100", "mutex-10", "channel-10"];

export const MATRIX_RUN = {
  matrix: { ...ALL, network: ["none", "host", "sandbox"], seccomp: ["none", "default"] },
  scenarios: [
    "startup",
    { use: "syscalls", params: { opMs: 1, ops: ["getpid", "getpid-patchable", "stat"] } },
    { use: "goroutines", params: { opMs: 3, increments: 400, ops: COUNTERS } },
  ],
  exclude: [
    { cells: "runc/*::{syscalls,goroutines}", reason: "runc needs no kvm: startup tells that it works" },
    // Half of the machine's time; the filter stands around the same programs in the other half.
    {
      cells: "{unshare,runsc}/*seccomp=none::{syscalls,goroutines}",
      reason: "startup tells that they work without a filter",
    },
  ],
  // Each Sentry says in a log of its own which platform it made.
  runsc: { flags: [`--debug-log=${GUEST.out}/logs/%ID%.%COMMAND%.log`] },
  rounds: 1,
  limits: LIMITS,
} satisfies BenchConfig;

export const ROOTLESS_RUN = {
  matrix: { ...ALL, network: ["none", "host", "sandbox"], seccomp: ["none"] },
  scenarios: ["startup"],
  rounds: 1,
  limits: LIMITS,
} satisfies BenchConfig;

export const SMOKE_RUN = {
  matrix: { ...ALL, sandbox: ["unshare", "runc", "runsc"], network: ["none", "sandbox"], seccomp: ["none"] },
  scenarios: ["startup"],
  rounds: 1,
  limits: LIMITS,
} satisfies BenchConfig;
