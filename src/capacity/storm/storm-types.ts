import type { Configuration } from "../../axes/configuration.ts";
import type { Fingerprint } from "../../samples/run-manifest.ts";
import type { LittlesLaw } from "../models/little.ts";
import type { ThroughputModels } from "../models/throughput.ts";

export const STORM_SCHEMA = "sbx-bench/storm@1";

/** One start of a storm; times in s from the storm's begin. */
export type Start = {
  /** When the schedule has it; in a closed loop when it was begun. */
  intendedS: number;
  begunS: number;
  /** The program's first line was read; `null`: never. */
  readyS: number | null;
  /** Nothing of it was left. */
  endedS: number;
  /** `null` where it went well. */
  failure: string | null;
};

export type Quantile = { estimateS: number; lowS: number | null; highS: number } | { needed: number };

export type StormSummary = {
  starts: number;
  failed: number;
  /** First reasons, at most 3 different ones. */
  failures: string[];
  /** Good starts a second. */
  ratePerS: number;
  /** From the begin of a start to the first line, by quantile: p50, p90, p95, p99. */
  ready: Record<string, Quantile>;
  /** From the begin to nothing left, s, mean. */
  meanTotalS: number;
};

export type ClosedLevel = { concurrency: number; summary: StormSummary; little: LittlesLaw };

export type OpenLoop = {
  ratePerS: number;
  summary: StormSummary;
  /** Due, and not begun, because too many were under way. */
  dropped: number;
  /** By how much starts began too late, s: the generator's own fault. */
  lagP99S: number;
  /** Why the figures must not be used; `null`: they may. */
  refused: string | null;
};

export type StormResult = {
  schema: typeof STORM_SCHEMA;
  id: string;
  fingerprint: Fingerprint;
  interrupted: boolean;
  configurations: {
    configuration: string;
    config: Configuration;
    closed: ClosedLevel[];
    /** `null` where none was measured. */
    models: ThroughputModels | null;
    open: OpenLoop | null;
    /** Processes that were left. */
    leftovers: number;
  }[];
  left: { configuration: string; reason: string }[];
};
