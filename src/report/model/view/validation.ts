/** Predicted against measured, over programs that the model had not seen. */
import { TERMS } from "../../../model/terms.ts";
import type { ValidatedCell } from "../../../model/validate.ts";
import {
  type ErrorSummary,
  errorOf,
  type RankSummary,
  summariseValidation,
} from "../../../model/validation-summary.ts";
import { formatShare, formatValue, plural } from "../../kit/format.ts";
import type { ValidationView } from "./model-view.ts";

const NAIVE_RULES = {
  getpid: "rule of thumb: number of calls × what getpid costs more",
  average: "rule of thumb: median slowdown of the other programs",
  callCount: "rule of thumb: linear in the number of calls",
} as const;

/** @returns `null` without cells */
export function validation(cells: readonly ValidatedCell[]): ValidationView | null {
  const { model, naive, coverage, rank } = summariseValidation(cells);
  if (model === null) return null;
  const programs = new Set(cells.map(({ program }) => program)).size;
  return {
    lead: `Over ${plural(model.cells, "cell")} of ${plural(programs, "program")}, predicted slowdowns were off by ${formatShare(model.median)} in the median and by ${formatShare(model.p90)} at the 90th percentile.`,
    summary: [
      { name: "error of the model", value: errorText(model) },
      ...(Object.keys(NAIVE_RULES) as (keyof typeof NAIVE_RULES)[]).map((rule) => ({
        name: NAIVE_RULES[rule],
        value: naive[rule] === null ? "too few other programs" : errorText(naive[rule]),
      })),
      {
        name: "measured slowdown within the 90 % prediction interval",
        value:
          coverage === null
            ? "no interval: too few other programs"
            : `${formatShare(coverage.share)} of ${plural(coverage.cells, "cell")}`,
      },
      { name: "order of the configurations, Kendall's tau", value: rankText(rank) },
    ],
    cells: cells
      .map((cell) => ({
        ...cell,
        error: errorOf(cell.predicted, cell.measured),
        sandbox: cell.family.replace("/", " "),
        because: cell.dominant
          .map(({ term, ns }) => `${TERMS[term].title} ${ns < 0 ? "" : "+"}${formatValue(ns, "ns")}`)
          .join("; "),
      }))
      .sort((a, b) => b.error - a.error),
  };
}

function errorText({ median, p90, cells }: ErrorSummary): string {
  return `median ${formatShare(median)}, 90th percentile ${formatShare(p90)}, n=${cells}`;
}

function rankText(rank: RankSummary | null): string {
  if (rank === null) return "no pair of configurations is told apart";
  return `median ${rank.median.toFixed(2)} of ${plural(rank.programs, "program")}, worst ${rank.worst.toFixed(2)} (${rank.worstProgram})`;
}
