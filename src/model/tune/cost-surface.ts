/** What configurations cost, in a form in which they can be held against each other. */

/** Configurations with weights that add up to 0: a change is `to` with 1 and `from` with -1. */
export type Contrast = readonly { configuration: string; weight: number }[];

/**
 * - `measured`: launches of both in the same rounds; 95 % interval
 * - `programs`: predicted, the errors of the model on programs of the same run; 90 % interval
 * - `corpus`: predicted, the errors of the model on the programs of the shipped corpus; 90 % interval
 */
type Basis = "measured" | "programs" | "corpus";

export type Estimate = {
  /** Factor on the cost: 0.8 costs a fifth less. */
  ratio: number;
  /** `null` = too few rounds for an interval. */
  low: number | null;
  high: number | null;
  /** Rounds of a measurement; programs, or resampled rounds, of a prediction. */
  n: number;
  basis: Basis;
  /** One-sided p of a gain, of a measurement; `null` = predicted. */
  gainP: number | null;
  /** What it stands on: operations of a measurement, terms of a prediction. */
  covers: number;
  /** Groups of operations, or terms, that one of the configurations has and another lacks. */
  lacks: string[];
};

export type CostSurface = {
  configurations: readonly string[];
  /**
   * The mean of several contrasts, such as the same change in several contexts.
   *
   * @returns `null` where the configurations share nothing that was measured
   */
  estimate(contrasts: readonly Contrast[]): Estimate | null;
};

export function changeContrast(from: string, to: string): Contrast {
  return [
    { configuration: to, weight: 1 },
    { configuration: from, weight: -1 },
  ];
}
