/** How good predictions were, over programs that the model had not seen. */
import { median, quantile } from "../stats/distributions/quantile.ts";
import { sorted } from "../stats/distributions/sorted.ts";
import { kendallTau } from "./kendall-tau.ts";
import type { NaivePredictions } from "./naive.ts";
import type { ValidatedCell } from "./validate.ts";

export type ErrorSummary = {
  /** |predicted / measured - 1| of the slowdown: median and 90th percentile over all cells. */
  median: number;
  p90: number;
  cells: number;
};

export type RankSummary = {
  /** Median over the programs, and the worst. */
  median: number;
  worst: number;
  worstProgram: string;
  /** Programs with at least one pair of configurations that the measurement tells apart. */
  programs: number;
  /** Over all pairs of all programs. */
  pooled: number;
  pairs: number;
};

export type ValidationSummary = {
  model: ErrorSummary | null;
  naive: Record<keyof NaivePredictions, ErrorSummary | null>;
  /** Share of cells whose measured slowdown lies in the 90 % prediction interval. */
  coverage: { share: number; cells: number } | null;
  rank: RankSummary | null;
  naiveRank: Record<keyof NaivePredictions, RankSummary | null>;
};

export function errorOf(predicted: number, measured: number): number {
  return Math.abs(predicted / measured - 1);
}

export function summariseValidation(cells: readonly ValidatedCell[]): ValidationSummary {
  const intervals = cells.filter(({ low, high }) => low !== null && high !== null);
  const held = intervals.filter(({ low, high, measured }) => low! <= measured && measured <= high!);
  const byNaive = <T>(of: (rule: keyof NaivePredictions) => T): Record<keyof NaivePredictions, T> => ({
    getpid: of("getpid"),
    average: of("average"),
    callCount: of("callCount"),
  });
  return {
    model: errors(cells, ({ predicted }) => predicted),
    naive: byNaive((rule) => errors(cells, ({ naive }) => naive[rule])),
    coverage:
      intervals.length === 0 ? null : { share: held.length / intervals.length, cells: intervals.length },
    rank: ranks(cells, ({ predicted }) => predicted),
    naiveRank: byNaive((rule) => ranks(cells, ({ naive }) => naive[rule])),
  };
}

type Predictor = (cell: ValidatedCell) => number | null;

function errors(cells: readonly ValidatedCell[], predictor: Predictor): ErrorSummary | null {
  const found = cells.flatMap((cell) => {
    const predicted = predictor(cell);
    return predicted === null ? [] : [errorOf(predicted, cell.measured)];
  });
  if (found.length === 0) return null;
  return { median: median(found), p90: quantile(sorted(found), 0.9), cells: found.length };
}

function ranks(cells: readonly ValidatedCell[], predictor: Predictor): RankSummary | null {
  const found = [...Map.groupBy(cells, ({ program }) => program)].flatMap(([program, own]) => {
    const items = own.flatMap((cell) => {
      const { measured, measuredLow: low, measuredHigh: high } = cell;
      const predicted = predictor(cell);
      return low === null || high === null || predicted === null ? [] : [{ predicted, measured, low, high }];
    });
    const rank = kendallTau(items);
    return rank === null ? [] : [{ program, ...rank }];
  });
  const worst = found.toSorted((a, b) => a.tau - b.tau)[0];
  if (worst === undefined) return null;
  const pairs = found.reduce((sum, one) => sum + one.pairs, 0);
  return {
    median: median(found.map(({ tau }) => tau)),
    worst: worst.tau,
    worstProgram: worst.program,
    programs: found.length,
    pooled: found.reduce((sum, one) => sum + one.tau * one.pairs, 0) / pairs,
    pairs,
  };
}
