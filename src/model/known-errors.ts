/** What a corpus of programs says about the model's errors, for runs that hold no programs of their own. Pure. */
import { factsOf } from "../axes/sandbox.ts";
import { familyOf } from "./calibrate.ts";
import { score } from "./conformal.ts";
import type { ConfigurationModel } from "./cost-model.ts";
import { type Corrections, NO_CORRECTIONS } from "./term-groups.ts";

/** A program in a configuration: run time here / natively. */
export type TriedCell = {
  program: string;
  configuration: string;
  family: string;
  /** By a model corrected by the other programs. */
  predicted: number;
  /** By single operations alone. */
  uncorrected: number;
  measured: number;
};

export type KnownErrors = {
  schema: "sbx-bench/model-errors@1";
  /** Of the corpus; where and when it was measured, for people. */
  runId: string;
  host: string;
  day: string;
  programs: number;
  /** By family of configurations (`familyOf`), from all programs. */
  corrections: Readonly<Record<string, Corrections>>;
  cells: readonly TriedCell[];
  /** Of further programs, predicted from a quick run of another day, as users get it: their errors are the honest ones. */
  asUsed: readonly TriedCell[];
};

export type FamilyErrors = {
  corrections: Corrections;
  /** See `score`. */
  scores: number[];
  /** Whose errors these are; another family's where this one never ran the corpus. */
  of: string;
};

/** @returns for a family that is not in the corpus, the errors that single operations alone made under gVisor */
export function errorsOf(known: KnownErrors, member: Pick<ConfigurationModel, "config">): FamilyErrors {
  const family = familyOf(member);
  const of = known.corrections[family] === undefined ? factsOf(member.config).runsLike : family;
  const corrections = of === undefined ? undefined : known.corrections[of];
  if (of !== undefined && corrections !== undefined) {
    const used = known.asUsed.filter((cell) => cell.family === of);
    const kin = used.length > 0 ? used : known.cells.filter((cell) => cell.family === of);
    return { corrections, scores: kin.map(({ predicted, measured }) => score(predicted, measured)), of };
  }
  const gVisor = [...known.cells, ...known.asUsed].filter((cell) => cell.family.startsWith("runsc/"));
  return {
    corrections: NO_CORRECTIONS,
    scores: gVisor.map(({ uncorrected, measured }) => score(uncorrected, measured)),
    of: "runsc on other platforms, uncorrected",
  };
}
