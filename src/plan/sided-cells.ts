/** Two plans -> one, whose rounds launch every cell of both sides. Pure. */
import { type Cell, SIDES, type SideName } from "./cell.ts";

/** Ids become `a:runsc/systrap/net=none/seccomp=none::startup`. */
export function sidedCells(plans: Readonly<Record<SideName, readonly Cell[]>>): Cell[] {
  return SIDES.flatMap((side) => plans[side].map((cell) => ({ ...cell, id: `${side}:${cell.id}`, side })));
}
