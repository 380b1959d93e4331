import { calibrate, familyOf, type MeasuredProgram } from "./calibrate.ts";
import type { CostModel } from "./cost-model.ts";
import { predictTime } from "./predict-time.ts";
import type { TermName } from "./terms.ts";

/** One program in one configuration: what it costs more there, term by term. */
export type ExplainedProgram = {
  program: string;
  configuration: string;
  /** Of one native run. */
  nativeNs: number;
  /** Measured slowdown, paired by round, with its exact 95 % interval (`null`: fewer than 6 rounds). */
  measured: number;
  measuredLow: number | null;
  measuredHigh: number | null;
  /** Slowdown as the corrected terms add up. */
  modelled: number;
  /** What each corrected term adds to a run, ns, largest first. */
  parts: { term: TermName; ns: number }[];
};

/** Every measured program in every configuration, by the model as all of them correct it. */
export function explainPrograms(model: CostModel, programs: readonly MeasuredProgram[]): ExplainedProgram[] {
  const corrections = calibrate(model, programs);
  return programs.flatMap(({ program, demand, cells }) =>
    model.configurations.flatMap((member): ExplainedProgram[] => {
      const time = cells.get(member.configuration);
      if (time === undefined) return [];
      const { slowdown, parts } = predictTime(
        time.nativeNs,
        demand,
        member,
        corrections.get(familyOf(member))!,
      );
      return [
        {
          program,
          configuration: member.configuration,
          nativeNs: time.nativeNs,
          measured: time.slowdown,
          measuredLow: time.low,
          measuredHigh: time.high,
          modelled: slowdown,
          parts,
        },
      ];
    }),
  );
}
