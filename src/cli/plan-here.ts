/** Configuration + this host -> plan. What `plan` and `run` do alike. */
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { Cell } from "../plan/cell.ts";
import type { HostProbe, ProbeOptions } from "../probe/probe-host.ts";
import { probeWithRunscs } from "../probe/probe-runscs.ts";
import { runscBinaries } from "../probe/runsc-binaries.ts";
import { availabilityOn, missingGenerated } from "../sandbox/availability.ts";
import { flagsRuledOut } from "../sandbox/flag-support.ts";
import { loadScenarios, overridesBundled, type Scenario } from "../workload/catalogue.ts";
import { buildHelper, buildTrue } from "../workload/programs.ts";

export type PlanHere = { cells: Cell[]; scenarios: Scenario[]; probe: HostProbe };

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
    config,
    await availabilityOn(probe, config.matrix.seccomp),
    cellGlobs,
    flagsRuledOut(probe, config.runsc),
  );
  const noFilter = new Map(
    scenarios.map(({ as, dir, definition }) => [
      as,
      missingGenerated(definition.name, dir, definition.hostPrograms),
    ]),
  );
  for (const cell of cells) {
    if (cell.status !== "planned" || !cell.config.seccomp.startsWith("generated")) continue;
    const reason = noFilter.get(cell.scenario) ?? null;
    if (reason === null || cell.config.sandbox === "fake") continue;
    cell.status = "unavailable";
    cell.reason = reason;
  }
  return { cells, scenarios, probe };
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
  buildPlan(config, () => null, cellGlobs);
  const { sandbox, runsc } = config.matrix;
  if (sandbox.includes("runsc") && runsc.length > 0) await runscBinaries(runsc, process.env);
  return scenarios;
}

/** What this host is and can run; the trials are cached unless `fresh`. */
export async function probeHere(
  config: Pick<ResolvedConfig, "runsc" | "matrix">,
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<HostProbe> {
  return probeWithRunscs(await probeOptions(config, fresh, onProgress), config);
}

export async function probeOptions(
  config: Pick<ResolvedConfig, "runsc">,
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<ProbeOptions> {
  const env = config.runsc.path === null ? process.env : { ...process.env, SBX_RUNSC: config.runsc.path };
  const [trueBinary, kvmCapsBinary] = await Promise.all([buildTrue(), buildHelper("sbx-kvm-caps")]);
  return { trueBinary, kvmCapsBinary, fresh, env, onProgress };
}
