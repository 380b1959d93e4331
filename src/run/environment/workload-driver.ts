import type { Configuration } from "../../axes/configuration.ts";
import type { SandboxDriver } from "../../sandbox/driver.ts";
import { makeDriver } from "../../sandbox/drivers.ts";
import { flagsOf } from "../../sandbox/flag-support.ts";
import type { BuildHelper } from "./helpers.ts";
import type { LaunchingHost, PrepareOptions, SandboxSettings, Workload } from "./workload.ts";

const NO_FLAGS: NonNullable<SandboxSettings["runsc"]> = { path: null, flags: [], variants: [] };

/** @throws SbxError (exit code 4) when the sandbox's program is missing */
export function driverFor(
  configuration: Configuration,
  workload: Workload,
  settings: SandboxSettings,
  { host, fake }: PrepareOptions & { host: LaunchingHost },
  { stateDir, buildHelper }: { stateDir: string; buildHelper: BuildHelper },
): Promise<SandboxDriver> {
  return makeDriver(configuration.sandbox, {
    tools: host.runscs?.get(configuration.runsc ?? "")?.tools ?? host.tools,
    cgroups: host.cgroups,
    runscFlags: flagsOf(settings.runsc ?? NO_FLAGS, configuration),
    isRoot: host.isRoot,
    stateDir,
    scenarioDirOf: () => workload.filterDir ?? "",
    filters: settings.filters ?? {},
    fake: fake ?? { seed: "1", faults: [], metricsOf: () => [] },
    buildLauncher: () => buildHelper("sbx-launch"),
  });
}
