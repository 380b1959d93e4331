import { isSynthetic } from "../../axes/sandbox.ts";
import type { Cell } from "../../plan/cell.ts";
import { type BuiltScenario, buildForLaunch, notBuilt } from "../environment/scenario-workload.ts";
import { type RunSettings, scenarioKey, settingOf } from "./run-setting.ts";

/**
 * Builds each scenario once, whatever the number of cells; one that only the fake driver plays not at all.
 * @returns by `scenarioKey` of the cells
 */
export async function buildScenarios(
  settings: RunSettings,
  cells: readonly Cell[],
  onBuild: (name: string) => void,
): Promise<Map<string, BuiltScenario>> {
  const built = new Map<string, BuiltScenario>();
  for (const [key, members] of Map.groupBy(cells, scenarioKey)) {
    const cell = members[0]!;
    const scenario = settingOf(settings, cell).scenarios.find(({ as }) => as === cell.scenario);
    if (scenario === undefined) continue;
    if (members.every(({ config }) => isSynthetic(config))) {
      built.set(key, notBuilt(scenario));
      continue;
    }
    onBuild(scenario.as);
    built.set(key, await buildForLaunch(scenario));
  }
  return built;
}
