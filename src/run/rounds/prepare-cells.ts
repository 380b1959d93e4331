/** Makes ready what a run's launches share, cell by cell. */
import { SbxError } from "../../base/errors.ts";
import type { Cell } from "../../plan/cell.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { HeldEnvironment } from "../environment/held-environment.ts";
import type { PreparedWorkload } from "../environment/prepared-workload.ts";
import { type BuiltScenario, scenarioWorkload } from "../environment/scenario-workload.ts";
import type { RunObserver } from "../events.ts";
import type { RunInput } from "../run-input.ts";
import { scenarioKey, settingOf } from "./run-setting.ts";

/** A cell that can't be prepared becomes unavailable with the reason; the others go on. */
export async function prepareCells(
  input: RunInput,
  planned: readonly Cell[],
  built: ReadonlyMap<string, BuiltScenario>,
  held: HeldEnvironment,
): Promise<Map<string, PreparedWorkload>> {
  const prepared = new Map<string, PreparedWorkload>();
  for (const cell of planned) {
    const scenario = built.get(scenarioKey(cell));
    if (scenario === undefined) continue;
    try {
      const ready = await prepareCell(input, cell, scenario, held);
      for (const warning of ready.warnings) addWarning(input.manifest, `${cell.config.sandbox}: ${warning}`);
      prepared.set(cell.id, ready);
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      markUnavailable(cell, error, input.observe);
    }
  }
  return prepared;
}

function prepareCell(
  input: RunInput,
  cell: Cell,
  built: BuiltScenario,
  held: HeldEnvironment,
): Promise<PreparedWorkload> {
  const { config, probe } = settingOf(input, cell);
  const workload = scenarioWorkload(built, cell.config.network, probe.processor.constantTsc);
  return held.prepare(cell.config, workload, config, {
    id: cell.id,
    host: probe,
    // A launch of a run pays for what it does itself, and is not cleaned up after.
    folders: "kept",
    fake: {
      seed: input.manifest.seed,
      faults: input.fakeFaults,
      metricsOf: () => built.scenario.metrics,
    },
  });
}

function markUnavailable(cell: Cell, error: SbxError, observe: RunObserver): void {
  cell.status = "unavailable";
  cell.reason = `${error.what}: ${error.why}`;
  observe({ type: "warning", message: `${cell.id}: ${cell.reason}` });
}

export function addWarning(manifest: RunManifest, warning: string): void {
  if (!manifest.warnings.includes(warning)) manifest.warnings.push(warning);
}
