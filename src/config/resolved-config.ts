import type { NetworkName, PlatformName, SandboxName, SeccompName } from "../plan/cell.ts";
import type { PresetName } from "./schema.ts";

/** One scenario as the run will use it, before its own parameters are filled in. */
export type ScenarioUse = {
  /** Folder under `scenarioDir`. */
  use: string;
  /** Name in cell ids. */
  as: string;
  params: Record<string, number | string | boolean | string[]>;
};

/** Every value present, validated, paths absolute. What the rest of the program works with. */
export type ResolvedConfig = {
  preset: PresetName;
  matrix: {
    sandbox: SandboxName[];
    platform: PlatformName[];
    network: NetworkName[];
    seccomp: SeccompName[];
  };
  scenarios: ScenarioUse[];
  scenarioDir: string;
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
  exclude: { cells: string; reason: string }[];
  runsc: { path: string | null; flags: string[] };
};
