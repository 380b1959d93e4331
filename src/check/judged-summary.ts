import type { Summary } from "../stats/summaries/summary-types.ts";
import type { FlagEffects } from "./flag-effects-types.ts";
import type { Upgrade } from "./upgrade-types.ts";

/** What `summary.json` holds: the figures of a run, with the answers that verdicts give. */
export type JudgedSummary = Summary & {
  /** Only of a run that names several runscs: each against the first. */
  upgrades?: Upgrade[];
  /** Only of a run with variants of runsc's flags. */
  flagEffects?: FlagEffects[];
};
