/** What `run` starts with: a new run, an interleaved one of two configurations, or one that was broken off. */
import { basename, dirname, join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { requireWritableFolder } from "../base/require-writable.ts";
import { TOOL_VERSION } from "../base/tool-version.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type Cell, SIDES, type SideName } from "../plan/cell.ts";
import { sidedCells } from "../plan/sided-cells.ts";
import { allTwins } from "../plan/twins.ts";
import { readToolOptions } from "../probe/tool-options.ts";
import { livingHarness, storedLedgers } from "../run/environment/ledger.ts";
import { findUnfinished } from "../run/find-unfinished.ts";
import { filtersOf, newManifest, runscsOf } from "../run/new-run.ts";
import type { RunSetting } from "../run/rounds/run-setting.ts";
import type { RunInput } from "../run/run-input.ts";
import { differingFields } from "../samples/differing-fields.ts";
import type { RunBudget, RunManifest } from "../samples/run-manifest.ts";
import { loadScenarios } from "../workload/catalogue.ts";
import { configFrom } from "./options/config-options.ts";
import { note } from "./output/note.ts";
import { checkedScenarios, filtersHere, type PlanHere, planHere, probeHere } from "./plan-here.ts";
import type { RunFlags } from "./run-flags.ts";
import { requireSameFilters } from "./same-filters.ts";
import { fewTwinsHere } from "./twins-here.ts";

export type PreparedRun = Pick<
  RunInput,
  "dir" | "manifest" | "config" | "scenarios" | "probe" | "sides" | "expectedMs"
>;

export async function prepareNew(
  given: ResolvedConfig,
  flags: RunFlags,
  commandLine: string[],
): Promise<PreparedRun> {
  const config = withRoundsOf(flags, given);
  requireWritableFolder("--out", config.out);
  const { cells, filters, ...here } = await planHere(config, flags.cells ?? [], flags.fresh === true, note);
  refuseNothing(cells);
  const setting = { config, ...here };
  const planned = newManifest({
    ...setting,
    cells,
    filters,
    toolVersion: TOOL_VERSION,
    commandLine,
    ...budgetOf(flags, config),
    ...(config.preset === "article" ? { toolOptions: await readToolOptions(here.probe.tools) } : {}),
  });
  const manifest = { ...planned, cells: [...planned.cells, ...twinsOf(planned, flags)] };
  return { dir: join(config.out, manifest.runId), manifest, ...setting };
}

/** Both sides in the same random rounds of one run. @throws SbxError as `prepareNew`, and without two files */
export async function prepareInterleaved(flags: RunFlags, commandLine: string[]): Promise<PreparedRun> {
  const files = flags.ab ?? [];
  const [old, fresh] = files;
  if (files.length !== 2 || !old || !fresh) {
    throw new SbxError({
      what: `--ab ${files.join(",")} needs exactly two configuration files`,
      why: `It takes the old one and the new one, with a comma between them; there are ${files.length}.`,
      fix: "sbx-bench run --ab base.config.ts,new.config.ts",
    });
  }
  // Both are checked before the first one is planned, for which the host may have to be probed.
  const configs = {
    a: await configFrom(flags, old),
    b: withRoundsOf(flags, await configFrom(flags, fresh)),
  };
  requireWritableFolder("--out", configs.b.out);
  const globs = flags.cells ?? [];
  for (const side of SIDES) await checkedScenarios(configs[side], globs);
  const plan = async (config: ResolvedConfig): Promise<PlanHere & RunSetting> => ({
    config,
    ...(await planHere(config, globs, flags.fresh === true, note)),
  });
  const sides = { a: await plan(configs.a), b: await plan(configs.b) };
  const cells = sidedCells({ a: sides.a.cells, b: sides.b.cells });
  for (const side of SIDES) refuseNothing(sides[side].cells);
  const { config } = sides.b;
  const describe = (side: SideName, file: string) => ({
    label: old === fresh ? `${basename(file)} (${side})` : basename(file),
    fingerprint: sides[side].probe.fingerprint,
    versions: sides[side].probe.versions,
    config: sides[side].config,
    ...runscsOf(sides[side].probe),
    ...filtersOf(sides[side].filters),
  });
  const manifest = newManifest({
    ...sides.b,
    cells,
    scenarios: [...sides.a.scenarios, ...sides.b.scenarios],
    toolVersion: TOOL_VERSION,
    commandLine,
    sides: { a: describe("a", old), b: describe("b", fresh) },
    ...budgetOf(flags, config),
  });
  return { dir: join(config.out, manifest.runId), manifest, ...sides.b, sides };
}

/** @param named id or folder of a run; `null` = the newest that was broken off */
export async function prepareResumed(
  out: string,
  named: string | null,
  fresh: boolean,
): Promise<PreparedRun> {
  const { dir, manifest, remark } = findUnfinished(out, named);
  if (remark !== null) note(`warning  ${remark}`);
  return prepareStored(dir, manifest, fresh);
}

/** @throws SbxError where another process works on it, or the host is another one than it was started on */
export async function prepareStored(
  dir: string,
  manifest: RunManifest,
  fresh: boolean,
): Promise<PreparedRun> {
  refuseUnderWay(manifest.runId);
  const settingOf = async ({ fingerprint, filters, ...stored }: StoredSetting): Promise<RunSetting> => {
    const config = { ...completed(stored.config as ResolvedConfig), out: dirname(dir) };
    const scenarios = await loadScenarios(config);
    const probe = await probeHere(config, fresh, note);
    refuseUnlike(manifest.runId, fingerprint, probe.fingerprint);
    requireSameFilters(manifest.runId, filters, filtersHere(config, manifest.cells, scenarios));
    return { config, scenarios, probe };
  };
  const { sides } = manifest;
  if (sides === undefined) return { dir, manifest, ...(await settingOf(manifest)) };
  const both = { a: await settingOf(sides.a), b: await settingOf(sides.b) };
  return { dir, manifest, ...both.b, sides: both };
}

/** What a run, or one side of it, was started with. */
type StoredSetting = Pick<RunManifest, "config" | "fingerprint" | "filters">;

/**
 * A run of an earlier version knows neither several runscs, nor variants of their flags, nor relative parameters, and
 * has filters by their absolute paths.
 */
function completed(stored: ResolvedConfig): ResolvedConfig {
  return {
    ...stored,
    baseDir: stored.baseDir ?? dirname(stored.scenarioDir),
    filters: stored.filters ?? {},
    matrix: { ...stored.matrix, runsc: stored.matrix.runsc ?? [], flags: stored.matrix.flags ?? [] },
    runsc: { ...stored.runsc, variants: stored.runsc.variants ?? [] },
  };
}

/** More rounds than anybody's budget pays for: the budget ends the run, or narrow intervals do. */
const MOST_ROUNDS = 1000;

function withRoundsOf(flags: RunFlags, config: ResolvedConfig): ResolvedConfig {
  const isOpen = flags.budget !== undefined && flags.rounds === undefined;
  return isOpen ? { ...config, rounds: MOST_ROUNDS } : config;
}

function budgetOf(flags: RunFlags, config: ResolvedConfig): { budget?: RunBudget } {
  if (flags.budget === undefined) return {};
  return { budget: { ms: flags.budget, precision: config.precision } };
}

function twinsOf(manifest: RunManifest, flags: RunFlags): Cell[] {
  if (flags.twins === false) return [];
  return flags.aa === true ? allTwins(manifest.cells) : fewTwinsHere(manifest);
}

function refuseNothing(cells: readonly Cell[]): void {
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

/** Two harnesses on one run would launch everything twice. */
function refuseUnderWay(runId: string): void {
  const ledger = storedLedgers().find((candidate) => candidate.runId === runId);
  const harness = ledger === undefined ? null : livingHarness(ledger);
  if (harness === null) return;
  throw new SbxError({
    what: `Run ${runId} can't be resumed`,
    why: `It is still under way, in process ${harness.pid}.`,
    fix: "Wait for its end, or start a new run without --resume.",
  });
}

/** Launches of two hosts in one run would be compared as if they were of one. */
function refuseUnlike(
  runId: string,
  before: RunManifest["fingerprint"],
  here: RunManifest["fingerprint"],
): void {
  const differing = differingFields(before, here).map(({ field, a, b }) => `${field}: ${a} then, ${b} now`);
  if (differing.length === 0) return;
  throw new SbxError({
    what: `Run ${runId} can't be resumed here`,
    why: `The host is not the one that it was started on.\n${differing.join("\n")}`,
    fix: "Start a new run without --resume.",
    exitCode: 4,
  });
}
