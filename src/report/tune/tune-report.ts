/** Advice as plain data: what `tune --json` prints and what the renderers show. */
import type { Goal } from "../../model/tune/changes.ts";
import { LAYER_TITLES } from "../../model/tune/layers.ts";
import type { Tuned } from "../../model/tune/tune.ts";
import type { Snippets } from "./snippets.ts";

const TUNE_SCHEMA = "sbx-bench/tune@1";

export type TuneReport = Tuned & {
  schema: typeof TUNE_SCHEMA;
  runId: string;
  host: { fingerprint: string };
  baseline: string;
  /** Present configuration. */
  from: string;
  goal: Goal;
  /** Gains below it are not worth a change: 0.02 = 2 %. */
  smallestGain: number;
  workload: {
    kind: "mix" | "program";
    /** For people: what it is and how it was put together. */
    text: string;
    command: string[] | null;
    /** Of a mix: share of each operation, largest first; they add up to 1. */
    weights: { operation: string; weight: number }[] | null;
  };
  /** What a configuration is counted by on the front. */
  layerTitles: typeof LAYER_TITLES;
  /** Of the configuration that is advised, or asked for. */
  use: Snippets;
  warnings: string[];
};

export function tuneReport(parts: Omit<TuneReport, "schema" | "layerTitles">): TuneReport {
  return { schema: TUNE_SCHEMA, ...parts, layerTitles: LAYER_TITLES };
}
