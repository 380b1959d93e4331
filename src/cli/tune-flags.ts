/** What `tune` is asked on the command line. */
import type { Goal } from "../model/tune/changes.ts";
import type { ProfileFlags } from "./options/profile-options.ts";

export type TuneFlags = ProfileFlags & {
  run?: string;
  from?: string;
  to?: string;
  goal: Goal;
  weights?: { name: string; weight: number }[];
  profile?: string;
  maxUncovered: number;
  allowUnlike?: boolean;
  json?: boolean;
};
