/** All defaults, in one place. A value on the command line wins over the file, the file over these. */
import type { PresetName } from "./schema.ts";

export const DEFAULT_PRESET: PresetName = "standard";

export const DEFAULTS = {
  matrix: {
    sandbox: ["native", "unshare", "runc", "runsc"],
    platform: ["systrap", "ptrace", "kvm"],
    network: ["none", "host", "sandbox"],
    seccomp: ["none", "default", "generated"],
  },
  scenarios: ["syscalls", "startup", "files", "network", "memory", "goroutines", "cpu"],
  scenarioDir: "scenarios",
  out: "reports",
  baselines: "baselines",
  seed: "1",
  /** The one-sided test asks whether a loss is *larger* than this, so that a true loss of 5 % needs a limit below it. */
  check: { maxRegression: 0.02, alpha: 0.005 },
  precision: 0.05,
  limits: { launchSeconds: 60, outputMiB: 16, memoryMiB: 2048, pids: 4096, cpus: null },
} as const;

type PresetDefaults = {
  rounds: number;
  /** Cells that the preset leaves out to keep its time; shown in the plan with this reason. */
  exclude: { cells: string; reason: string }[];
};

/**
 * quick: every configuration is measured with `syscalls` and `startup`; the other scenarios run where their
 * answer differs most, without a filter. 11 rounds are enough for a verdict, with one of them disturbed.
 */
export const PRESET_DEFAULTS: Record<PresetName, PresetDefaults> = {
  quick: {
    rounds: 11,
    exclude: [
      {
        cells: "*/seccomp={default,generated}*::{files,network,memory,goroutines,cpu}",
        reason: "left out of the quick preset: these scenarios run without a filter there",
      },
      {
        cells: "{unshare,runc,runsc*}/net=host/*::{files,network,memory,goroutines,cpu}",
        reason:
          "left out of the quick preset: these scenarios run with net=none (network: also sandbox) there",
      },
      {
        cells: "*/net=sandbox/*::{files,memory,goroutines,cpu}",
        reason: "left out of the quick preset: only `network` differs with the network mode",
      },
    ],
  },
  standard: { rounds: 15, exclude: [] },
  full: { rounds: 30, exclude: [] },
};
