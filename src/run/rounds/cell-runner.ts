/** Everything that a run prepares once and every launch of a cell then uses. */
import { isSynthetic } from "../../axes/sandbox.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { Cell } from "../../plan/cell.ts";
import type { PreparedCell, SandboxDriver } from "../../sandbox/driver.ts";
import type { Scenario } from "../../workload/catalogue.ts";
import { buildScenario, buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { copyWork, type HostFolders, hostFolders, NO_FOLDERS } from "../environment/host-folders.ts";
import { RUN_ENV } from "../environment/launch-env.ts";
import { makeCellDirs, type Scratch } from "../environment/scratch.ts";
import { PEER_ADDRESS, type Wire } from "../environment/wire.ts";
import { type RunSettings, scenarioKey, settingOf } from "./run-setting.ts";

export type BuiltScenario = { scenario: Scenario; program: string; rootfs: string; folders: HostFolders };

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
      built.set(key, { scenario, program: "", rootfs: "", folders: NO_FOLDERS });
      continue;
    }
    onBuild(scenario.as);
    const program = await buildScenario(scenario.dir);
    const folders = hostFolders(scenario);
    const rootfs = await makeRootfs(program, await buildTrue(), folders);
    built.set(key, { scenario, program, rootfs, folders });
  }
  return built;
}

export type CellSetting = {
  runId: string;
  scratch: Scratch;
  wire: Wire | null;
  /** The kernel says that the time-stamp counter is constant and never stops. */
  constantTsc: boolean;
  limits: ResolvedConfig["limits"];
};

/** The environment of a scenario's program, the same in every sandbox. */
export function scenarioEnv(
  built: BuiltScenario,
  network: string,
  setting: Pick<CellSetting, "runId" | "constantTsc">,
): Record<string, string> {
  return {
    SBX_PARAMS: JSON.stringify(built.scenario.params),
    SBX_NETWORK: network,
    ...(setting.constantTsc ? { SBX_TSC: "1" } : {}),
    ...(network === "sandbox" ? { SBX_PEER: PEER_ADDRESS } : {}),
    [RUN_ENV]: setting.runId,
  };
}

export async function prepareCell(
  cell: Cell,
  number: number,
  built: BuiltScenario,
  driver: SandboxDriver,
  setting: CellSetting,
): Promise<PreparedCell> {
  const { workDir, bindDir } = makeCellDirs(setting.scratch, `cell-${number}`);
  if (built.folders.work !== null) await copyWork(built.folders.work, bindDir);
  return driver.prepare({
    cellId: cell.id,
    config: cell.config,
    scenario: cell.scenario,
    rootfs: built.rootfs,
    env: scenarioEnv(built, cell.config.network, setting),
    workDir,
    bindDir,
    binds: built.folders.binds,
    hostTmpfsDir: setting.scratch.tmpfsDir,
    netnsPath: cell.config.network === "sandbox" ? (setting.wire?.sandboxNetns ?? null) : null,
    limits: setting.limits,
  });
}
