/** What `probes` is asked for, and what comes of it. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { ProbesResult } from "../../isolation/result.ts";
import type { Prices } from "../../report/isolation/prices.ts";

export type ProbesRequest = {
  config: ResolvedConfig;
  /** Try again what this host can run. */
  fresh: boolean;
  /** Globs of configurations; empty = the whole matrix. */
  only: readonly string[];
  /** Names of probes or of their groups; null = all. Of no effect on one that is resumed. */
  probes: readonly string[] | null;
  /** Continue one that was broken off, by its id, or the newest; null = a new one. */
  resume: string | "newest" | null;
};

export type ProbesShown = {
  result: ProbesResult;
  /** Of the newest run of the same host; null where there is none. */
  prices: Prices | null;
};

export type ProbesOutcome = ProbesShown & {
  /** Where the result is kept. */
  file: string;
  /** False when it was broken off. */
  finished: boolean;
};
