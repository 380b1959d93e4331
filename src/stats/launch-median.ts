import type { OpSample } from "../samples/launch-record.ts";

export type LaunchMedian = {
  /** In the operation's unit, per iteration. */
  value: number;
  /** False when the batches never settled: no value of this launch stands for a steady state. */
  steady: boolean;
};

/** The launch's one value of an operation. */
export function launchMedian(op: OpSample): LaunchMedian {
  return { value: op.median, steady: true };
}
