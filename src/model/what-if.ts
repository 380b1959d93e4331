/**
 * A program described by a few numbers: what the *what if* part of a report lets a reader set, and how each term's
 * demand follows from it. Data, so that the page and the tests read the same.
 */
import { PAUSE_NS } from "./program-demand.ts";
import type { TermName } from "./terms.ts";

/** Everything is counted over one second of the native run. */
export type WhatIfInput = {
  id: string;
  title: string;
  unit: string;
  /** Largest value; the smallest is 0, or 1 for threads. */
  most: number;
  /** Smallest value above 0 that the slider has; `null` = a linear slider. */
  least: number | null;
  /** Shown at once; the others unfold. */
  isMain: boolean;
};

export const WHAT_IF_INPUTS = [
  input("calls", "System calls", "a second, of all kinds", 2e6, 10, true),
  input("think", "Think time before each call", "µs", 10_000, 1, true),
  input("reads", "Reads and writes of files", "a second", 1e6, 10, true),
  input("readSize", "Bytes of each", "KiB", 1024, 0.1, true),
  input("faults", "Page faults", "a second", 1e6, 10, true),
  input("patchable", "of the calls, those that systrap can patch", "% (Go's own: none)", 100, null, false),
  input("opens", "Files opened and read", "a second", 1e5, 1, false),
  input("lookups", "Paths looked up", "a second", 1e5, 1, false),
  input("wakes", "Threads woken", "a second", 1e6, 10, false),
  input("messages", "Messages sent or received", "a second", 1e6, 10, false),
  input("messageSize", "Bytes of each message", "KiB", 64, 0.1, false),
  input("processes", "Processes started", "a second", 1000, 1, false),
  input("computing", "Computing", "% of the time", 100, null, false),
  input("threads", "Threads that work at a time", "", 64, null, false),
] as const satisfies readonly WhatIfInput[];
export type WhatIfInputId = (typeof WHAT_IF_INPUTS)[number]["id"];

function input<Id extends string>(
  id: Id,
  title: string,
  unit: string,
  most: number,
  least: number | null,
  isMain: boolean,
) {
  return { id, title, unit, most, least, isMain };
}

/**
 * `demand[term] += factor * value(of) * (times === null ? 1 : value(times))`, where `above` holds; an `optional` one is
 * left out where a configuration has no cost for its term.
 */
export type WhatIfRule = {
  term: TermName;
  of: WhatIfInputId;
  times: WhatIfInputId | null;
  factor: number;
  above: { input: WhatIfInputId; value: number } | null;
  optional: boolean;
};

const rule = (
  term: TermName,
  of: WhatIfInputId,
  factor = 1,
  more: Partial<Pick<WhatIfRule, "times" | "above" | "optional">> = {},
): WhatIfRule => ({ term, of, factor, times: null, above: null, optional: false, ...more });

export const WHAT_IF_RULES: readonly WhatIfRule[] = [
  rule("trap", "calls"),
  rule("trap", "calls", -1 / 100, { times: "patchable" }),
  rule("patched-trap", "calls", 1 / 100, { times: "patchable" }),
  rule("paused-trap", "calls", 1, { above: { input: "think", value: PAUSE_NS / 1000 } }),
  rule("paused-trap", "wakes", 1, { optional: true }),
  rule("file-io", "reads"),
  rule("byte", "reads", 1024, { times: "readSize" }),
  rule("open", "opens"),
  rule("lookup", "lookups"),
  rule("fault", "faults"),
  rule("wake", "wakes"),
  rule("message", "messages"),
  rule("net-byte", "messages", 1024, { times: "messageSize" }),
  rule("process", "processes"),
  rule("exec", "processes"),
  rule("compute", "computing", 1e9 / 100, { times: "threads" }),
];

/** Calls that these inputs cannot do without: an open file is opened, read and closed. */
export const CALLS_WITHIN: readonly { of: WhatIfInputId; factor: number }[] = [
  { of: "reads", factor: 1 },
  { of: "opens", factor: 3 },
  { of: "lookups", factor: 1 },
  { of: "messages", factor: 1 },
];

/** Made up, to begin with; no measurement stands behind them. */
export const WHAT_IF_EXAMPLES: readonly { title: string; values: Partial<Record<WhatIfInputId, number>> }[] =
  [
    {
      title: "HTTP server",
      values: {
        calls: 60_000,
        think: 5,
        messages: 20_000,
        messageSize: 2,
        wakes: 10_000,
        faults: 500,
        computing: 50,
        threads: 2,
      },
    },
    {
      title: "file crawler",
      values: {
        calls: 150_000,
        think: 2,
        lookups: 20_000,
        opens: 15_000,
        reads: 30_000,
        readSize: 16,
        faults: 2000,
        computing: 30,
        threads: 1,
      },
    },
    { title: "compute", values: { calls: 300, think: 3000, faults: 1000, computing: 100, threads: 1 } },
    {
      title: "shell script",
      values: {
        calls: 40_000,
        think: 10,
        processes: 300,
        faults: 60_000,
        opens: 1500,
        lookups: 4000,
        reads: 3000,
        readSize: 4,
        computing: 20,
        threads: 1,
      },
    },
  ];
