/** The model on programs that it has not seen: each program is left out once, with all its cells. */
import { type CorrectionScope, calibrate, familyOf, type MeasuredProgram } from "./calibrate.ts";
import { predictionInterval, score } from "./conformal.ts";
import type { CostModel } from "./cost-model.ts";
import { type NaivePredictions, naivePredictions } from "./naive.ts";
import { predictTime } from "./predict-time.ts";
import type { TermName } from "./terms.ts";

export type ValidatedCell = {
  program: string;
  configuration: string;
  family: string;
  predicted: number;
  /** 90 % prediction interval; `null` = too few other programs. */
  low: number | null;
  high: number | null;
  measured: number;
  measuredLow: number | null;
  measuredHigh: number | null;
  /** The three terms that add most, ns. */
  dominant: { term: TermName; ns: number }[];
  naive: NaivePredictions;
};

/** Every program in every configuration, predicted by a model corrected by the other programs alone. */
export function leaveOneOut(
  model: CostModel,
  programs: readonly MeasuredProgram[],
  scope: CorrectionScope = "run",
): ValidatedCell[] {
  const cells = programs.flatMap((program) => {
    const others = programs.filter((other) => other !== program);
    const corrections = calibrate(model, others, scope);
    return model.configurations.flatMap((member): ValidatedCell[] => {
      const time = program.cells.get(member.configuration);
      if (time === undefined) return [];
      const family = familyOf(member);
      const found = predictTime(time.nativeNs, program.demand, member, corrections.get(family)!);
      return [
        {
          program: program.program,
          configuration: member.configuration,
          family,
          predicted: found.slowdown,
          low: null,
          high: null,
          measured: time.slowdown,
          measuredLow: time.low,
          measuredHigh: time.high,
          dominant: found.parts.slice(0, 3),
          naive: naivePredictions(program, others, member),
        },
      ];
    });
  });
  return cells.map((cell) => {
    const scores = familyScores(cells, cell.family, cell.program);
    return { ...cell, ...(predictionInterval(cell.predicted, scores) ?? {}) };
  });
}

/** Scores of a family's cells, all programs but one. Errors differ between families, hardly within one. */
export function familyScores(
  cells: readonly Pick<ValidatedCell, "family" | "program" | "predicted" | "measured">[],
  family: string,
  without: string | null,
): number[] {
  const kin = cells.filter((cell) => cell.family === family && cell.program !== without);
  return kin.map(({ predicted, measured }) => score(predicted, measured));
}
