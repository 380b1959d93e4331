/** Configuration + this host -> plan. What `plan` and `run` do alike. */
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { buildPlan } from "../plan/build-plan.ts";
import type { Cell } from "../plan/cell.ts";
import { type HostProbe, type ProbeOptions, probeHost } from "../probe/probe-host.ts";
import { availabilityOn, missingGenerated } from "../sandbox/availability.ts";
import { loadScenarios, type Scenario } from "../workload/catalogue.ts";
import { buildHelper, buildTrue } from "../workload/programs.ts";

export type PlanHere = { cells: Cell[]; scenarios: Scenario[]; probe: HostProbe };

export async function planHere(
  config: ResolvedConfig,
  cellGlobs: readonly string[],
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<PlanHere> {
  const scenarios = await loadScenarios(config.scenarios, config.scenarioDir, config.preset);
  const probe = await probeHere(config, fresh, onProgress);
  const cells = buildPlan(config, await availabilityOn(probe, config.matrix.seccomp), cellGlobs);
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

/** What this host is and can run; the trials are cached unless `fresh`. */
export async function probeHere(
  config: Pick<ResolvedConfig, "runsc">,
  fresh: boolean,
  onProgress: (message: string) => void,
): Promise<HostProbe> {
  return probeHost(await probeOptions(config, fresh, onProgress));
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
