import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Goal } from "../../model/tune/changes.ts";
import type { ProfileSettings } from "../profile.ts";
import type { ProgramSettings } from "../program/program-input.ts";
import type { StoredInputs } from "../program/stored-inputs.ts";

/** What `tune` is asked. */
export type TuneRequest = StoredInputs & {
  config: ResolvedConfig;
  /** The program and its arguments; empty = the run's own mix of operations, or the stored profile. */
  command: readonly string[];
  program: ProgramSettings;
  profiling: ProfileSettings;
  /** Id of the configuration to start from; `null` = the one that the run makes likely. */
  from: string | null;
  /** Id of the configuration to show the settings of, whatever the advice. */
  to: string | null;
  goal: Goal;
  /** Of metrics, groups or scenarios; `null` = the groups weigh the same. */
  weights: { name: string; weight: number }[] | null;
  /** The largest share of the program's calls that the model may not know. */
  maxUncovered: number;
};
