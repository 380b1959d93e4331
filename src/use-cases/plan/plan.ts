/** `plan`: every cell with its status and reason, and how long they would take. */
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { estimateRun } from "../../plan/estimate.ts";
import type { PlanData } from "../../report/plan/terminal.ts";
import { readDurations } from "../../run/rounds/durations.ts";
import { notesTo, type UseCaseContext } from "../use-case.ts";
import { planHere } from "./plan-cells.ts";
import { fewTwinsHere } from "./twins.ts";
import { withBaseline } from "./with-baseline.ts";

export type PlanRequest = {
  config: ResolvedConfig;
  /** Globs of cell ids; empty = all cells. */
  cells: readonly string[];
  /** Ask the host again what it can run. */
  fresh: boolean;
};

/** @throws SbxError (exit code 2) for unknown scenarios, parameters and runscs, and for globs that match no cell */
export async function plan(request: PlanRequest, { say }: UseCaseContext): Promise<PlanData> {
  const { fresh } = request;
  const config = withBaseline(request.config, notesTo(say));
  const { preset, rounds, seed } = config;
  const { cells, probe } = await planHere(config, request.cells, fresh, notesTo(say));
  const { fingerprint } = probe;
  const twins = fewTwinsHere({ cells, seed, preset, fingerprint, startedAt: new Date().toISOString() });
  const estimate = estimateRun([...cells, ...twins], rounds, readDurations(fingerprint.id, preset));
  return { preset, rounds, seed, estimate, cells, twins: twins.map(({ twinOf }) => twinOf!) };
}
