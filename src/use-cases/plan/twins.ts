/** The twins of a run as this host gets them: what a plan counts and what a run launches are the same. */
import type { Cell } from "../../plan/cell.ts";
import { fewTwins } from "../../plan/twins.ts";
import { readDurations } from "../../run/rounds/durations.ts";
import { type FloorOwner, hasFloor } from "../noise-floors.ts";

export function fewTwinsHere(run: FloorOwner & { cells: readonly Cell[]; seed: string }): Cell[] {
  const { cells, seed, fingerprint, preset } = run;
  return fewTwins({
    cells,
    durations: readDurations(fingerprint.id, preset),
    seed,
    isKnown: hasFloor(run),
  });
}
