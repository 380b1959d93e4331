/** The validation as text: goals, naive rules beside them, every cell, worst first. Pure. */
import type { NaivePredictions } from "../../src/model/naive.ts";
import type { ValidatedCell } from "../../src/model/validate.ts";
import {
  type ErrorSummary,
  errorOf,
  type RankSummary,
  summariseValidation,
} from "../../src/model/validation-summary.ts";
import { type Figure, figureTable } from "../figure.ts";

const GOALS = { median: 0.1, p90: 0.25, coverageLow: 0.85, coverageHigh: 0.95, tau: 0.9 };

const NAIVE_RULES: Record<keyof NaivePredictions, string> = {
  getpid: "number of calls x what getpid costs more",
  average: "median slowdown of the other programs",
  callCount: "linear in the number of calls, fitted on the other programs",
};

export function validationText(cells: readonly ValidatedCell[], title: string): string {
  const { model, naive, coverage, rank, naiveRank } = summariseValidation(cells);
  if (model === null) return "No program was both profiled and measured.\n";
  const programs = new Set(cells.map(({ program }) => program)).size;
  const figures: Figure[] = [
    {
      name: "error of the slowdown, median",
      seen: `${percent(model.median)} of ${model.cells} cells, ${programs} programs`,
      goal: `<= ${percent(GOALS.median)}`,
      met: model.median <= GOALS.median,
    },
    {
      name: "error of the slowdown, 90th percentile",
      seen: percent(model.p90),
      goal: `<= ${percent(GOALS.p90)}`,
      met: model.p90 <= GOALS.p90,
    },
    {
      name: "measured slowdowns within the 90 % prediction interval",
      seen: coverage === null ? "none" : `${percent(coverage.share)} of ${coverage.cells} cells`,
      goal: `${percent(GOALS.coverageLow)} to ${percent(GOALS.coverageHigh)}`,
      met: coverage !== null && coverage.share >= GOALS.coverageLow && coverage.share <= GOALS.coverageHigh,
    },
    {
      name: "order of the configurations, Kendall's tau",
      seen: rankText(rank),
      goal: `>= ${GOALS.tau}`,
      met: rank !== null && rank.median >= GOALS.tau,
    },
    ...(Object.keys(NAIVE_RULES) as (keyof NaivePredictions)[]).map((rule) => ({
      name: `without a model: ${NAIVE_RULES[rule]}`,
      seen: `${errorText(naive[rule])}; tau ${rankText(naiveRank[rule])}`,
      goal: "none",
      met: null,
    })),
  ];
  return [
    `### ${title}`,
    "",
    figureTable(figures),
    "| sandbox | cells | median error | 90th percentile | within the interval |",
    "| --- | --- | --- | --- | --- |",
    ...[...Map.groupBy(cells, ({ family }) => family)].map(([family, own]) => familyRow(family, own)),
    "",
    "| program | worst cell | predicted | measured | error | mostly |",
    "| --- | --- | --- | --- | --- | --- |",
    ...worstOfEach(cells).map(cellRow),
    "",
  ].join("\n");
}

function familyRow(family: string, cells: readonly ValidatedCell[]): string {
  const { model, coverage } = summariseValidation(cells);
  return `| ${family} | ${cells.length} | ${percent(model!.median)} | ${percent(model!.p90)} | ${coverage === null ? "" : percent(coverage.share)} |`;
}

function worstOfEach(cells: readonly ValidatedCell[]): ValidatedCell[] {
  const error = ({ predicted, measured }: ValidatedCell) => errorOf(predicted, measured);
  return [...Map.groupBy(cells, ({ program }) => program).values()]
    .map((own) => own.toSorted((a, b) => error(b) - error(a))[0]!)
    .sort((a, b) => error(b) - error(a));
}

function cellRow(cell: ValidatedCell): string {
  const { predicted, measured } = cell;
  const terms = cell.dominant.map(({ term, ns }) => `${term} ${(ns / 1e6).toFixed(0)} ms`).join(", ");
  return `| ${cell.program} | ${cell.configuration} | ${times(predicted)} [${times(cell.low)}, ${times(cell.high)}] | ${times(measured)} [${times(cell.measuredLow)}, ${times(cell.measuredHigh)}] | ${percent(predicted / measured - 1)} | ${terms} |`;
}

function errorText(error: ErrorSummary | null): string {
  return error === null ? "none" : `median ${percent(error.median)}, 90th percentile ${percent(error.p90)}`;
}

function rankText(rank: RankSummary | null): string {
  if (rank === null) return "no pair is told apart";
  return `median ${rank.median.toFixed(2)} of ${rank.programs} programs, all ${rank.pairs} pairs ${rank.pooled.toFixed(2)}, worst ${rank.worst.toFixed(2)} (${rank.worstProgram})`;
}

function times(value: number | null): string {
  return value === null ? "?" : value.toFixed(2);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
