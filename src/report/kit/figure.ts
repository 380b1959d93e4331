/** Figures and tables as every part of a report shows them. */
import type { Unit } from "../../samples/launch-record.ts";
import type { AgreeingValues } from "../../stats/estimates/agreeing-values.ts";

/** A figure with its 95 % interval. `low` and `high` are `null` where there are too few launches. */
export type Estimate = {
  value: number;
  low: number | null;
  high: number | null;
  /** Launches behind it. */
  n: number;
  unit: Unit;
  /** `412 ns`; beside a ratio that it would not agree with a range of launches, `118…158 ns` */
  short: string;
  /** `412 ns [405, 420] n=15`; `118…158 ns n=15` */
  text: string;
};

/** Cost relative to another configuration, paired by round; > 1 is dearer. */
export type Ratio = {
  value: number;
  low: number | null;
  high: number | null;
  /** Rounds in which both sides were measured. */
  n: number;
  /** Configuration id of the other side. */
  baseline: string;
  /** What may stand beside it for the two sides; the texts of their estimates are made of it. */
  values: AgreeingValues;
  /** `8.21x [7.90, 8.60] n=15` */
  text: string;
};

/** A table of finished texts, the same in every renderer. */
export type Table = { title: string; head: string[]; rows: string[][] };

export type Provenance = { label: string; value: string }[];
