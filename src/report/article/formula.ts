/** How a figure is made of launches, and what comes of it. */
import type { Configuration } from "../../axes/configuration.ts";
import type { Unit } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";

/** One metric of one cell. */
export type Quantity = { config: Configuration; scenario: string; metric: string };

/**
 * How a figure is made of launches; everything is paired by round.
 * - `value`: median of the launches
 * - `ratio`: Hodges-Lehmann estimate of `of / over`
 * - `difference`: Hodges-Lehmann estimate of `of - minus`
 * `times` scales the figure: 0.5 = one way of a round trip, 10,000 = so many increments.
 */
export type Formula =
  | { kind: "value"; of: Quantity; times: number }
  | { kind: "ratio"; of: Quantity; over: Quantity; times: number }
  | { kind: "difference"; of: Quantity; minus: Quantity; times: number };

export type ClaimUnit = Unit | "ratio";

export type Measurement = {
  /** `runsc systrap net=host getpid - native getpid` */
  formula: string;
  unit: ClaimUnit;
  /** `null` where nothing was measured; `low` and `high` too where there are too few rounds. */
  value: number | null;
  low: number | null;
  high: number | null;
  /** Launches, or rounds that both sides share. */
  n: number;
  /** Why there is no value. */
  missing: string | null;
  /** `412 ns [405, 420] n=15`; the reason where there is no value. */
  text: string;
};

export type ArticleRun = {
  measure(formula: Formula): Measurement;
  /** `null` where the run did not ask this command. */
  options(command: string): NonNullable<RunManifest["toolOptions"]>[string] | null;
};
