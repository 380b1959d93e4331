/** What a run starts with: here a new run. */
import { join } from "node:path";
import { isBaseline } from "../../axes/sandbox.ts";
import { SbxError } from "../../base/errors.ts";
import { requireWritableFolder } from "../../base/require-writable.ts";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Cell } from "../../plan/cell.ts";
import { allTwins } from "../../plan/twins.ts";
import { readToolOptions } from "../../probe/tool-options.ts";
import { newManifest } from "../../run/new-run.ts";
import type { RunInput } from "../../run/run-input.ts";
import type { RunBudget, RunManifest } from "../../samples/run-manifest.ts";
import { planHere } from "../plan/plan-cells.ts";
import { fewTwinsHere } from "../plan/twins.ts";
import { withBaseline } from "../plan/with-baseline.ts";
import { notesTo, type Say } from "../use-case.ts";

export type PreparedRun = Pick<
  RunInput,
  "dir" | "manifest" | "config" | "scenarios" | "probe" | "sides" | "expectedMs"
>;

/** How a new run is made. */
export type RunSettings = {
  /** Globs of cell ids; empty = all cells. */
  cells: readonly string[];
  /** Ask the host again what it can run. */
  fresh: boolean;
  /** Cells that are launched twice a round, for noise floors: as many as 5 % of the time allow, all, or none. */
  twins: "few" | "all" | "none";
  /** Time to spend where intervals are widest; without rounds that were asked for it ends by time or precision alone. */
  budget: { ms: number; roundsAsked: boolean } | null;
  /** As typed, for the record. */
  commandLine: string[];
};

export const PLAIN_SETTINGS: Omit<RunSettings, "commandLine"> = {
  cells: [],
  fresh: false,
  twins: "few",
  budget: null,
};

/** @throws SbxError, exit code 2 for cells that are no cells, 4 where this host can run none or the folder takes nothing */
export async function prepareNew(
  asked: ResolvedConfig,
  settings: RunSettings,
  say: Say,
): Promise<PreparedRun> {
  // That native could run what it joined says nothing of what was asked for.
  const hasBaseline = asked.matrix.sandbox.some((sandbox) => isBaseline({ sandbox }));
  const config = withinBudget(withBaseline(asked, notesTo(say)), settings);
  requireWritableFolder("--out", config.out);
  const { cells, filters, ...here } = await planHere(config, settings.cells, settings.fresh, notesTo(say));
  requireRunnableCells(cells.filter((cell) => !isBaseline(cell.config) || hasBaseline));
  const setting = { config, ...here };
  const planned = newManifest({
    ...setting,
    cells,
    filters,
    toolVersion: TOOL_VERSION,
    commandLine: settings.commandLine,
    ...budgetOf(settings, config),
    ...(config.preset === "article" ? { toolOptions: await readToolOptions(here.probe.tools) } : {}),
  });
  const manifest = { ...planned, cells: [...planned.cells, ...twinsOf(planned, settings)] };
  return { dir: join(config.out, manifest.runId), manifest, ...setting };
}

/** More rounds than anybody's budget pays for: the budget ends the run, or narrow intervals do. */
const MOST_ROUNDS = 1000;

export function withinBudget(config: ResolvedConfig, { budget }: RunSettings): ResolvedConfig {
  return budget === null || budget.roundsAsked ? config : { ...config, rounds: MOST_ROUNDS };
}

export function budgetOf({ budget }: RunSettings, { precision }: ResolvedConfig): { budget?: RunBudget } {
  return budget === null ? {} : { budget: { ms: budget.ms, precision } };
}

function twinsOf(manifest: RunManifest, { twins }: RunSettings): Cell[] {
  if (twins === "none") return [];
  return twins === "all" ? allTwins(manifest.cells) : fewTwinsHere(manifest);
}

/** @throws SbxError, exit code 4 where this host could run none of them, 2 where they are excluded anywhere */
export function requireRunnableCells(cells: readonly Cell[]): void {
  if (cells.some((cell) => cell.status === "planned")) return;
  const unavailable = cells.find((cell) => cell.status === "unavailable");
  throw new SbxError({
    what: "There is nothing to run",
    why:
      unavailable === undefined
        ? `All ${cells.length} cells are excluded, e.g. ${cells[0]?.id}: ${cells[0]?.reason}.`
        : `This host can't run what was asked, e.g. ${unavailable.id}: ${unavailable.reason}`,
    fix: "`sbx-bench plan` shows every cell with its reason, `sbx-bench doctor` what the host lacks.",
    exitCode: unavailable === undefined ? 2 : 4,
  });
}
