/** All defaults, in one place. A value on the command line wins over the file, the file over these. */
import { MATRIX_DEFAULTS, sandboxesOf } from "../axes/axes.ts";
import { SANDBOX_FACTS, type SandboxName } from "../axes/sandbox.ts";
import type { ScenarioUse } from "./resolved-config.ts";
import type { PresetName } from "./schema.ts";

export const DEFAULT_PRESET: PresetName = "standard";

export const DEFAULTS = {
  matrix: MATRIX_DEFAULTS,
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
  /** Instead of the usual ones. */
  sandbox?: readonly SandboxName[];
  /** Instead of all scenarios as they are. */
  scenarios?: ScenarioUse[];
  /** Cells that the preset leaves out to keep its time; shown in the plan with this reason. */
  exclude: { cells: string; except?: string[]; reason: string }[];
};

/** Globs of those with a network of their own to choose; `runsc*`: with whatever label and platform. */
const SANDBOXED = SANDBOX_FACTS.filter(({ kind }) => kind === "sandbox").map(({ name, isGVisor }) =>
  isGVisor ? `${name}*` : name,
);

/**
 * model: what `predict` and `tune` need of every configuration, in little time each.
 *
 * quick: every configuration is measured with `syscalls` and `startup`; the other scenarios run where their
 * answer differs most, without a filter. 11 rounds are enough for a verdict, with one of them disturbed.
 *
 * article: the cells that `src/report/article/claims/` name, and no others.
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
        cells: `{${SANDBOXED.join(",")}}/net=host/*::{files,network,memory,goroutines,cpu}`,
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
  full: { rounds: 30, sandbox: sandboxesOf("full"), exclude: [] },
  model: {
    rounds: 9,
    scenarios: [
      ...["syscalls", "startup", "files", "network", "memory", "cpu"].map((use) => ({
        use,
        as: use,
        params: {},
      })),
      {
        use: "syscalls",
        as: "syscalls-paused",
        params: { thinkNs: 50_000, ops: ["getpid", "getpid-raw", "pread-4k-tmpfs"] },
      },
    ],
    exclude: [
      {
        cells: "*/seccomp=generated*::*",
        reason: "left out of the model preset: a generated filter differs from scenario to scenario",
      },
    ],
  },
  article: {
    rounds: 31,
    exclude: [
      {
        cells: "*",
        except: [
          "native/*::{syscalls,startup,memory,goroutines,network}",
          "{unshare,runc}/net=none/*::syscalls",
          "runc/net=none/seccomp={none,default}::startup",
          "runc/net=none/seccomp=none::memory",
          "runsc/{systrap,kvm}/net=none/seccomp=none::{startup,memory,goroutines}",
          "runsc/*/net=host/*::syscalls",
          "runsc/*/net=sandbox/seccomp=none::{syscalls,network}",
          "runsc/*/net=host/seccomp=none::network",
        ],
        reason: "no number of the article needs it",
      },
    ],
  },
};

/** `profile`. 9 runs give the wall time's median an interval (6 would do) that one slow run does not reach. */
export const PROFILE_DEFAULTS = {
  runs: 9,
  tracedRuns: 3,
  /** Of one undisturbed run. */
  limitSeconds: 60,
  /** Under strace a call costs a hundred times as much. */
  tracedLimitFactor: 10,
} as const;

/** `predict`, and `tune` where it predicts. 6 rounds give `--verify` an interval. */
export const PREDICT_DEFAULTS = { maxUncovered: 0.1, rounds: 6 } as const;

/** `history`. A lasting change below it is not worth a look. */
export const HISTORY_DEFAULTS = { minChange: 0.05 } as const;

/** `tune`. Advice is read by people, and not by a build: of twenty runs in which nothing gains, one may say otherwise. */
export const TUNE_DEFAULTS = { alpha: 0.05 } as const;

/**
 * An upgrade of runsc, and its flags: read by people too. Within more than `widestSame`, as a share, nothing is called
 * the same.
 */
export const CHANGE_DEFAULTS = { alpha: 0.05, widestSame: 0.1 } as const;
