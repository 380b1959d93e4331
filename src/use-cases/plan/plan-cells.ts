/** Configuration + this host -> plan. What `plan` and `run` do alike. */
import { isGVisor, isSynthetic } from "../../axes/sandbox.ts";
import { environment } from "../../base/environment.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { buildPlan } from "../../plan/build-plan.ts";
import type { Cell } from "../../plan/cell.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { runscBinaries } from "../../probe/runsc-binaries.ts";
import type { FilterHashes } from "../../samples/run-manifest.ts";
import { availabilityOn, generatedProblem, missingGenerated } from "../../sandbox/availability.ts";
import { filterHashes } from "../../sandbox/filter-hashes.ts";
import { flagsRuledOut } from "../../sandbox/flag-support.ts";
import { loadScenarios, overridesBundled, type Scenario } from "../../workload/catalogue.ts";
import { requireTime } from "../../workload/load/parameters.ts";
import { probeHere } from "../probe-host.ts";

export type PlanHere = { cells: Cell[]; scenarios: Scenario[]; probe: HostProbe; filters: FilterHashes };

export async function planHere(
  config: ResolvedConfig,
  cellGlobs: readonly string[],
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<PlanHere> {
  const scenarios = await checkedScenarios(config, cellGlobs);
  for (const { definition, dir } of scenarios.filter(overridesBundled)) {
    onProgress(`scenario ${definition.name} is ${dir}, and not the one of sbx-bench`);
  }
  const probe = await probeHere(config, fresh, onProgress);
  const cells = buildPlan(
    withoutReachless(config, scenarios),
    await availabilityOn(probe, config),
    cellGlobs,
    flagsRuledOut(probe, config.runsc),
  );
  await judgeGenerated(cells, scenarios, probe);
  return { cells, scenarios, probe, filters: filtersHere(config, cells, scenarios) };
}

/** A server without a network can't be driven from outside. */
function withoutReachless(config: ResolvedConfig, scenarios: readonly Scenario[]): ResolvedConfig {
  const servers = scenarios.filter(({ load }) => load !== null);
  const reason =
    "the load comes from outside the sandbox, and net=none has no way in; net=host and net=sandbox have";
  return {
    ...config,
    exclude: [...config.exclude, ...servers.map(({ as }) => ({ cells: `*/net=none/*::${as}`, reason }))],
  };
}

/** What is in the filters of these cells now. */
export function filtersHere(
  { filters }: Pick<ResolvedConfig, "filters">,
  cells: readonly Cell[],
  scenarios: readonly Scenario[],
): FilterHashes {
  return filterHashes(cells, filters, (name) => scenarios.find(({ as }) => as === name)?.dir ?? "");
}

/** `generated` is a file a scenario. */
async function judgeGenerated(
  cells: Cell[],
  scenarios: readonly Scenario[],
  probe: HostProbe,
): Promise<void> {
  for (const { as, dir, definition } of scenarios) {
    const own = cells.filter(
      ({ scenario, status, config }) =>
        scenario === as &&
        status === "planned" &&
        !isSynthetic(config) &&
        config.seccomp.startsWith("generated"),
    );
    if (own.length === 0) continue;
    const missing = missingGenerated(definition.name, dir, definition.hostPrograms);
    const problem = missing === null ? await generatedProblem(dir, probe) : () => missing;
    for (const cell of own) {
      const reason = problem(cell.config.sandbox);
      if (reason !== null) Object.assign(cell, { status: "unavailable", reason });
    }
  }
}

/**
 * What can be wrong with a plan whatever the host: found before it is probed, which takes a minute the first time.
 *
 * @throws SbxError (exit code 2) for unknown scenarios, parameters and runscs, and for globs that match no cell
 */
export async function checkedScenarios(
  config: ResolvedConfig,
  cellGlobs: readonly string[],
): Promise<Scenario[]> {
  const scenarios = await loadScenarios(config);
  for (const { as, load } of scenarios) if (load !== null) requireTime(as, load, config.limits.launchMs);
  buildPlan(config, () => null, cellGlobs);
  const { sandbox, runsc } = config.matrix;
  if (sandbox.some((name) => isGVisor({ sandbox: name })) && runsc.length > 0)
    await runscBinaries(runsc, environment());
  return scenarios;
}
