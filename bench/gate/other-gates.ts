/** What others gate with, on one metric of two runs. Each says whether it would cry. Pure. */

import { median } from "../../src/stats/distributions/quantile.ts";
import { mannWhitney } from "../../src/stats/tests/mann-whitney.ts";
import { welchT } from "../../src/stats/tests/welch-t.ts";

/** @param before,after values of the launches, lower is better */
export type OtherGate = (before: readonly number[], after: readonly number[]) => boolean;

const ALPHA = 0.05;
const LAST_RUN_LIMIT = 2;

export const OTHER_GATES: Readonly<Record<string, OtherGate>> = {
  "Mann-Whitney at 0.05 (benchstat)": (before, after) =>
    median(after) > median(before) && mannWhitney(after, before).p < ALPHA,
  "t test at 0.05 (Welch)": (before, after) => {
    const found = welchT(after, before);
    return found !== null && found.t > 0 && found.p < ALPHA;
  },
  "200 % of the last run": (before, after) => after[0]! > LAST_RUN_LIMIT * before.at(-1)!,
};
