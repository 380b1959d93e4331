/** What the program knows of a sandbox, apart from how it is started. One file each below `sandboxes/`. */
import type { AxisValues } from "./configuration.ts";
import type { PlatformName } from "./platform.ts";
import type { Price } from "./price.ts";

/** Who looks at each system call of the program where it has a filter. */
export type FilterEvaluator = "kernel" | "Sentry";

/** @see SandboxFacts.filter. `flags`: those of a profile that have an effect, or need none. */
export type FilterTaker =
  | { dialect: "oci"; by: string; flags: readonly string[] }
  | { dialect: "runc" }
  | { dialect: "gVisor" };

/** Stands for this tool's own Go program, which makes the filter's program from the profile. */
export const LAUNCHER = "this tool's launcher";

/**
 * In less than this every launch of the scenario `startup` failed, on each platform and network (Linux 6.18.44,
 * 2 CPUs, runc 1.1.5, crun 1.8.1, bubblewrap 0.8.0, runsc 20260905). More CPUs mean more threads of the Go runtime, so
 * that these are lower bounds everywhere.
 */
export type LimitFloor = {
  /** Processes and threads, those of the sandbox itself included. */
  pids: number;
  memoryMiB: number;
  /** What needs them. */
  needs: string;
};

/** The program on the host that makes the sandbox. */
export type SandboxTool = {
  name: string;
  /** Arguments that make it print its version, and what to take from the answer's first line. */
  ask: string[];
  pick: RegExp;
  /** How to get it. */
  fix: string;
  /** How bad it is when it is missing, and what is lost. */
  missing: { severity: "note" | "warning" | "problem"; loss: string };
  /** Name that its version goes by in a run's versions, where that is not the tool's: the package it comes in. */
  versionedAs?: string;
  /**
   * Whether two runs with different versions of it are comparable: in the fingerprint of every run, of those that
   * measure the sandbox, or of none.
   */
  fingerprint: "always" | "where measured" | "never";
};

export type SandboxFacts = {
  /** As in ids, on the command line and in the configuration. */
  name: string;
  /**
   * - `baseline`: nothing stands between program and host
   * - `synthetic`: starts nothing, its figures are invented
   */
  kind: "baseline" | "sandbox" | "synthetic";
  /** Where it is measured unless a run names its sandboxes: in every preset, in `full` alone, or nowhere. */
  presets: "every" | "full" | "none";
  /** Layers that it brings, whatever the other axes say. `kernel`: system calls end in a kernel of its own. */
  layers: { kernel: boolean; namespaces: boolean };
  /** The Sentry is gVisor's kernel: what runs in it has runsc's binary, platforms and flags as axes, too. */
  isGVisor: boolean;
  /** An OCI runtime under its own name: what a Kubernetes RuntimeClass can have as its handler. */
  ociRuntime?: true;
  /** `null` where there is no filter. */
  evaluator: FilterEvaluator | null;
  /**
   * Who takes an OCI profile, and what of it: by its flags where it says `oci`; runc and gVisor are asked for more. `by`
   * is this tool's launcher where it compiles the filter itself, and so can choose how (`+tree`).
   */
  filter: FilterTaker | null;
  /**
   * What it still calls after it has loaded the program's filter: found by taking one call at a time out of the filter of
   * an empty Go program until it did not start (bubblewrap 0.8.0, crun 1.8.1, runc 1.1.5, Linux 6.18). Versions differ
   * (runc#5059). Absent: execve alone.
   */
  callsUnderFilter?: readonly string[];
  /** The sentence for a combination of values that makes no sense; `null` where it makes sense. */
  senseless?(values: AxisValues): string | null;
  /** It has one of these; empty where there is nothing to choose. */
  platforms: readonly PlatformName[];
  /** Another one that costs a running program the same: the two differ only in who sets up the namespaces. */
  runsLike?: string;
  /** Start-up before anything was learned, ms: an order of magnitude, replaced by the first run. */
  startupMs: number;
  /** `null` where no cgroup holds it, or where it was not measured. */
  floor: LimitFloor | null;
  /** `null` where none is needed. */
  tool: SandboxTool | null;
  /** What a trial shows, in doctor's words, and how bad it is when it fails; a sandbox with platforms has one each. */
  trial: { shows: string; severity: "note" | "warning" | "problem" } | null;
  /** In charts; one a platform where it has several. After Okabe and Ito, distinguishable for the colour-blind. */
  colours: readonly { light: string; dark: string }[];
  /** What a switch to it needs; `null` = nothing. */
  need: string | null;
  /** What a switch away from it gives up, and one to it. */
  leaving: readonly Price[];
  entering: readonly Price[];
  /** How Docker and containerd are told to use it, where that is not a matter of flags. */
  runtimeNote: string | null;
};
