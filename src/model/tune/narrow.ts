/** Like is ranked with like: only what every configuration has. */
import type { MeasuredCosts } from "./measured-costs.ts";
import type { WorkOp } from "./op-weights.ts";

export type Narrowed<Op> = {
  ops: Op[];
  configurations: string[];
  /** Configurations that were left out, so that there is something in common. */
  left: string[];
};

/**
 * Operations that all configurations have. Where there is none, the configuration with the fewest operations is
 * left out, until there is one.
 */
export function narrowed<Op extends Pick<WorkOp, "key">>(
  costs: MeasuredCosts,
  configurations: readonly string[],
  ops: readonly Op[],
): Narrowed<Op> {
  let kept = [...configurations];
  const left: string[] = [];
  const count = (id: string) => ops.filter(({ key }) => costs.get(id)?.has(key)).length;
  while (kept.length > 0) {
    const shared = ops.filter(({ key }) => kept.every((id) => costs.get(id)?.has(key)));
    if (shared.length > 0) return { ops: shared, configurations: kept, left };
    const poorest = kept.reduce((least, id) => (count(id) < count(least) ? id : least));
    left.push(poorest);
    kept = kept.filter((id) => id !== poorest);
  }
  return { ops: [], configurations: [], left };
}
