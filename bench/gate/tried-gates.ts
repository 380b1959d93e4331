/** The gates that are tried on the same samples, ours and others'. Pure. */
import type { Design } from "./draw.ts";
import { OTHER_GATES } from "./other-gates.ts";
import { isFound, type Judged } from "./power.ts";
import type { Sample } from "./resample.ts";

/** Whether a gate would call this metric worse, slowed by a share. */
export type TriedGate = { name: string; cries(sample: Sample, judged: Judged, slowdown: number): boolean };

const ours = (name: string): TriedGate => ({ name, cries: isFound });

const OTHERS = Object.entries(OTHER_GATES).map(
  ([name, isWorse]): TriedGate => ({
    name,
    cries: ({ before, after }, _, slowdown) =>
      isWorse(
        before,
        after.map((value) => value * (1 + slowdown)),
      ),
  }),
);

/** Ours first. */
export function triedGates({ paired }: Design): readonly TriedGate[] {
  return [ours(paired ? "sbx-bench, paired by round" : "sbx-bench, as two runs"), ...OTHERS];
}
