/** `seccomp record`: the allow-lists that seccomp=generated uses. */
import { SbxError } from "../base/errors.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { type RecordedFilter, recordFilter, requireRecordable } from "../run/record-filter.ts";
import { listScenarios, loadScenarios } from "../workload/catalogue.ts";
import type { UseCaseContext } from "./use-case.ts";

export type RecordRequest = {
  config: ResolvedConfig;
  /** Names; empty = all of the configuration's scenarioDir that always run the same program. */
  scenarios: readonly string[];
};

export type ScenarioFilter = RecordedFilter & { scenario: string };

/** @throws SbxError for a scenario that there is not or that has no filter, before one is recorded */
export async function recordFilters(
  { config, scenarios }: RecordRequest,
  { say }: UseCaseContext,
): Promise<ScenarioFilter[]> {
  const wanted = scenarios.length > 0 ? scenarios : await ownScenarios(config.scenarioDir);
  const uses = wanted.map((name) => ({ use: name, as: name, params: {} }));
  const loaded = (await loadScenarios({ ...config, scenarios: uses, preset: "quick" }))
    // "All" are those that always run the same program.
    .filter(({ definition }) => scenarios.length > 0 || definition.hostPrograms !== true);
  for (const scenario of loaded) requireRecordable(scenario);
  const recorded: ScenarioFilter[] = [];
  for (const scenario of loaded) {
    say({ type: "note", message: `recording ${scenario.as} …` });
    recorded.push({ scenario: scenario.as, ...(await recordFilter(scenario)) });
  }
  return recorded;
}

/** Those of sbx-bench have their filters; to change files of its checkout takes a name. */
async function ownScenarios(scenarioDir: string): Promise<string[]> {
  const own = await listScenarios(scenarioDir);
  if (own.length > 0) return own;
  throw new SbxError({
    what: "There is no scenario to record",
    why: `${scenarioDir} has none.`,
    fix: "Name one: sbx-bench seccomp record startup",
  });
}
