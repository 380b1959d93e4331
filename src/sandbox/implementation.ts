/** What a sandbox's file here gives: how a launch of it is made, and how its start is tried. */
import { SbxError } from "../base/errors.ts";
import type { Cgroups } from "../probe/cgroups.ts";
import type { ToolName, Tools } from "../probe/tools.ts";
import type { SandboxTrial } from "../probe/trial.ts";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import type { FakeOptions } from "./fake.ts";
import { profileOf } from "./profile-of.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";

export type DriverSetting = {
  tools: Tools;
  cgroups: Pick<Cgroups, "version">;
  runscFlags: readonly string[];
  isRoot: boolean;
  /** State folder of the OCI runtimes. */
  stateDir: string;
  scenarioDirOf(scenario: string): string;
  filters: Readonly<Record<string, string>>;
  buildLauncher(): Promise<string>;
  fake: FakeOptions;
};

export type SandboxImplementation = {
  /** @throws SbxError (exit code 4) when the sandbox's program is missing */
  driver(setting: DriverSetting): SandboxDriver | Promise<SandboxDriver>;
  /** `null` where nothing is started. */
  trial: SandboxTrial | null;
};

/** The filter of a cell, null for none. @throws SbxError when the profile is missing or is not an OCI profile */
export function filterOf(request: CellRequest, setting: DriverSetting): OciSeccomp | null {
  return profileOf(request.config.seccomp, {
    filters: setting.filters,
    scenarioDir: setting.scenarioDirOf(request.scenario),
  });
}

/** @throws SbxError (exit code 4) when the host has no such program */
export function pathOf(name: ToolName, tools: Tools): string {
  const tool = tools[name];
  if (tool.path !== null) return tool.path;
  throw new SbxError({
    what: `${name} is missing`,
    why: tool.reason ?? "it was not found",
    fix: tool.fix ?? "Run `sbx-bench setup`.",
    exitCode: 4,
  });
}
