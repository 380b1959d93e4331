/** What an interleaved run of two configurations starts with. */
import { basename, join } from "node:path";
import { requireWritableFolder } from "../../base/require-writable.ts";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { SIDES, type SideName } from "../../plan/cell.ts";
import { sidedCells } from "../../plan/sided-cells.ts";
import { filtersOf, newManifest, runscsOf } from "../../run/new-run.ts";
import type { RunSetting } from "../../run/rounds/run-setting.ts";
import { checkedScenarios, type PlanHere, planHere } from "../plan/plan-cells.ts";
import { notesTo, type Say } from "../use-case.ts";
import {
  budgetOf,
  type PreparedRun,
  type RunSettings,
  requireRunnableCells,
  withinBudget,
} from "./prepare-new.ts";

/** A configuration, and the file that it stands in. */
export type NamedConfig = { file: string; config: ResolvedConfig };

/** Both sides in the same random rounds of one run. @throws SbxError as `prepareNew` */
export async function prepareInterleaved(
  asked: Record<SideName, NamedConfig>,
  settings: RunSettings,
  say: Say,
): Promise<PreparedRun> {
  const config = withinBudget(asked.b.config, settings);
  const configs = { a: asked.a.config, b: config };
  // Both are checked before the first one is planned, for which the host may have to be probed.
  requireWritableFolder("--out", config.out);
  for (const side of SIDES) await checkedScenarios(configs[side], settings.cells);
  const plan = async (own: ResolvedConfig): Promise<PlanHere & RunSetting> => ({
    config: own,
    ...(await planHere(own, settings.cells, settings.fresh, notesTo(say))),
  });
  const sides = { a: await plan(configs.a), b: await plan(configs.b) };
  const cells = sidedCells({ a: sides.a.cells, b: sides.b.cells });
  for (const side of SIDES) requireRunnableCells(sides[side].cells);
  const describe = (side: SideName) => ({
    label: labelOf(asked, side),
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
    commandLine: settings.commandLine,
    sides: { a: describe("a"), b: describe("b") },
    ...budgetOf(settings, config),
  });
  return { dir: join(config.out, manifest.runId), manifest, ...sides.b, sides };
}

function labelOf(asked: Record<SideName, NamedConfig>, side: SideName): string {
  const name = basename(asked[side].file);
  return asked.a.file === asked.b.file ? `${name} (${side})` : name;
}
