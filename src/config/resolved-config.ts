import type { Matrix } from "../axes/configuration.ts";
import type { DeepReadonly } from "../base/deep-readonly.ts";
import type { PresetName } from "./schema.ts";

/** One scenario as the run will use it, before its own parameters are filled in. */
export type ScenarioUse = DeepReadonly<{
  /** Folder under `scenarioDir`. */
  use: string;
  /** Name in cell ids. */
  as: string;
  params: Record<string, number | string | boolean | string[]>;
}>;

/** A named set of runsc's flags. */
export type FlagVariant = DeepReadonly<{
  name: string;
  flags: string[];
  /** Factor -> level, where the variant comes from a sweep over factors; a factor that is left out has its default. */
  levels?: Record<string, string>;
}>;

/** Every value present, validated, paths absolute. What the rest of the program works with, and nobody changes. */
export type ResolvedConfig = DeepReadonly<{
  preset: PresetName;
  matrix: Matrix;
  /** Absolute path of each filter on the seccomp axis that is a file, by its name in ids (without `+tree`). */
  filters: Record<string, string>;
  scenarios: ScenarioUse[];
  scenarioDir: string;
  /** Folder of the configuration: relative paths in parameters of scenarios start there. */
  baseDir: string;
  rounds: number;
  seed: string;
  out: string;
  /** Folder of the baselines, made to be committed. */
  baselines: string;
  limits: {
    launchMs: number;
    outputBytes: number;
    memoryBytes: number | null;
    pids: number | null;
    cpus: number | null;
  };
  include: string[];
  /** `except`: globs of cells that the entry spares. */
  exclude: { cells: string; except?: string[]; reason: string }[];
  runsc: {
    path: string | null;
    flags: string[];
    /** Every variant that `matrix.flags` may name. */
    variants: FlagVariant[];
  };
  check: GateRules;
  /** Half-width of the 95 % interval at which a cell of a run with a budget may rest, as a share. */
  precision: number;
}>;

/** What the gate lets pass. Shares: 0.05 = 5 %. */
export type GateRules = DeepReadonly<{
  maxRegression: number;
  /** Chance that even one unchanged metric is called worse. */
  alpha: number;
  /** Globs of `cell::metric`; the last that matches wins, setting by setting. `null` = as without it. */
  metrics: { match: string; maxRegression: number | null; gate: boolean | null }[];
}>;
