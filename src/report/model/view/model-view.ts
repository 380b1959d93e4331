/** What a report says about costs beyond what was measured; numbers beside their finished texts. */
import type { ArticleCost } from "../../../model/article-classes.ts";
import type { GroupName } from "../../../model/term-groups.ts";
import type { TermName } from "../../../model/terms.ts";
import type { ValidatedCell } from "../../../model/validate.ts";
import type { WhatIfInput, WhatIfRule } from "../../../model/what-if.ts";

/** A bar of the stack: `from` and `to` in the unit of its row. `null`: terms that are hardly told apart, together. */
export type WhySegment = { term: TermName | null; group: GroupName | null; from: number; to: number };

/** One operation or program: the terms it is made of beside what was measured, more than natively. */
export type WhyRow = {
  key: string;
  title: string;
  /** Decade of its size: rows of one panel share an axis. */
  panel: string;
  /** ns of an operation; of a program, share of its native run time. */
  unit: "ns" | "share";
  measured: number;
  low: number | null;
  high: number | null;
  modelled: number;
  segments: WhySegment[];
};

export type WhyCost = {
  term: TermName;
  title: string;
  /** `2.73 µs [2.69, 2.89]`, with the 90 % interval. */
  text: string;
  /** `system call`, `KiB` */
  per: string;
  kind: string;
  isEntangled: boolean;
};

export type WhyConfiguration = {
  configuration: string;
  label: string;
  hasFilter: boolean;
  rounds: number;
  costs: WhyCost[];
  /** In the order of their size. */
  ops: WhyRow[];
  programs: WhyRow[];
  /** Terms without a cost of their own, with the reason. */
  gaps: string[];
  /** Measures what is missing; `null` where nothing is. */
  command: string | null;
};

export type WhyView = {
  /** Where the select box stands at first. */
  chosen: number;
  configurations: WhyConfiguration[];
  unfitted: { configuration: string; reason: string }[];
};

export type ValidationView = {
  /** One sentence: how far off, over how many. */
  lead: string;
  /** The goals, and rules of thumb beside the model. */
  summary: { name: string; value: string }[];
  /** Worst first. */
  cells: (ValidatedCell & { error: number; sandbox: string; because: string })[];
};

export type WhatIfConfiguration = {
  configuration: string;
  label: string;
  hasFilter: boolean;
  terms: TermName[];
  /** ns each, corrected by programs where there are some; in the order of `terms`. */
  costs: number[];
  /** The same resampled, one array a draw; empty where `errorBound` makes the interval. */
  draws: number[][];
  /** Size of the error that 90 % of programs stay below; `null`: the interval is that of the operations alone. */
  errorBound: number | null;
  /** Threads whose calls are served at a time; `null` = not known, as many as there are. */
  mostOverlap: number | null;
  /** What the interval stands on: rounds of the operations, or cells of programs. */
  n: number;
};

export type WhatIfView = {
  inputs: readonly WhatIfInput[];
  rules: readonly WhatIfRule[];
  callsWithin: readonly { of: string; factor: number }[];
  examples: readonly { title: string; values: Partial<Record<string, number>> }[];
  configurations: WhatIfConfiguration[];
  terms: Partial<Record<TermName, { title: string; measuredBy: string }>>;
  errorScale: { least: number; growth: number };
  smallestSlowdown: number;
};

export type ModelView = {
  why: WhyView | null;
  validation: ValidationView | null;
  whatIf: WhatIfView | null;
  /** Empty without runsc. */
  article: (ArticleCost & { text: string; label: string })[];
};
