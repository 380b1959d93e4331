/** Makes ready what a run's launches share, cell by cell. */
import { SbxError } from "../../base/errors.ts";
import type { Cell } from "../../plan/cell.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { HeldEnvironment } from "../environment/held-environment.ts";
import type { PreparedWorkload } from "../environment/prepared-workload.ts";
import { type BuiltScenario, scenarioWorkload } from "../environment/scenario-workload.ts";
import type { ManifestWriter } from "../manifest-writer.ts";
import type { RunInput } from "../run-input.ts";
import { scenarioKey, settingOf } from "./run-setting.ts";

/** A cell that can't be prepared becomes unavailable with the reason; the others go on. */
export async function prepareCells(
  input: RunInput,
  writer: ManifestWriter,
  built: ReadonlyMap<string, BuiltScenario>,
  held: HeldEnvironment,
): Promise<Map<string, PreparedWorkload>> {
  const prepared = new Map<string, PreparedWorkload>();
  for (const cell of plannedCells(writer.manifest)) {
    const scenario = built.get(scenarioKey(cell));
    if (scenario === undefined) continue;
    try {
      const ready = await prepareCell(input, cell, scenario, held);
      for (const warning of ready.warnings) {
        writer.record({ type: "warning", message: `${cell.config.sandbox}: ${warning}` });
      }
      prepared.set(cell.id, ready);
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      const reason = `${error.what}: ${error.why}`;
      writer.record({ type: "cell-unavailable", cell: cell.id, reason });
      input.observe({ type: "warning", message: `${cell.id}: ${reason}` });
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

export function plannedCells({ cells }: Pick<RunManifest, "cells">): Cell[] {
  return cells.filter(({ status }) => status === "planned");
}
