import type { ConfigFlags } from "./options/config-options.ts";

/** What `run` takes on the command line, as commander hands it over. */
export type RunFlags = ConfigFlags & {
  resume?: string | boolean;
  /** Two configuration files, the old one first. */
  ab?: string[];
  aa?: boolean;
  twins?: boolean;
  /** ms */
  budget?: number;
  fresh?: boolean;
  json?: boolean;
  color?: boolean;
};
