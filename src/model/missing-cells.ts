import { configurationId } from "../axes/axes.ts";
import type { Cell } from "../plan/cell.ts";
import { COMPUTE_OPS, OP_DEMANDS } from "./op-demands.ts";

/** Without these no prediction is worth its name; `syscalls-paused` and `startup` sharpen it. */
const NEEDED = new Set([...OP_DEMANDS, ...COMPUTE_OPS].map(({ scenario }) => scenario));
const OPTIONAL = new Set(["syscalls-paused"]);

/** Scenarios that a model needs, of which a run measured nothing. */
export function missingScenarios(cells: readonly Cell[], configuration: string): string[] {
  const there = new Set(
    cells
      .filter(
        (cell) =>
          cell.status === "planned" &&
          cell.twinOf === undefined &&
          configurationId(cell.config) === configuration,
      )
      .map(({ scenario }) => scenario),
  );
  return [...NEEDED].filter((scenario) => !OPTIONAL.has(scenario) && !there.has(scenario));
}
