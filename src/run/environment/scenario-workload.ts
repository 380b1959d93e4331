/** A scenario as the workload of a held environment. */
import type { NetworkName } from "../../axes/network.ts";
import type { Scenario } from "../../workload/catalogue.ts";
import { buildScenario, buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";
import { type HostFolders, hostFolders, NO_FOLDERS } from "./host-folders.ts";
import type { Workload } from "./workload.ts";

export type BuiltScenario = { scenario: Scenario; program: string; rootfs: string; folders: HostFolders };

/** @throws SbxError when it does not build, or a folder that it is to get can't be given */
export async function buildForLaunch(scenario: Scenario): Promise<BuiltScenario> {
  const program = await buildScenario(scenario.dir);
  const folders = hostFolders(scenario);
  return { scenario, program, rootfs: await makeRootfs(program, await buildTrue(), folders), folders };
}

/** For the fake driver, which starts nothing. */
export function notBuilt(scenario: Scenario): BuiltScenario {
  return { scenario, program: "", rootfs: "", folders: NO_FOLDERS };
}

/** @param constantTsc the kernel says that the time-stamp counter is constant and never stops */
export function scenarioWorkload(
  { scenario, program, rootfs, folders }: BuiltScenario,
  network: NetworkName,
  constantTsc: boolean,
): Workload {
  const env = {
    SBX_PARAMS: JSON.stringify(scenario.params),
    SBX_NETWORK: network,
    ...(constantTsc ? { SBX_TSC: "1" } : {}),
  };
  return {
    name: scenario.as,
    rootfs,
    env,
    binds: folders.binds,
    work: folders.work,
    peer: scenario.definition.peer === true ? { program, env } : null,
    load: scenario.load,
    filterDir: scenario.dir,
  };
}
