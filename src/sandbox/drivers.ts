/** Makes the driver of a sandbox from what the host has. */

import type { SandboxName } from "../axes/sandbox.ts";
import { SbxError } from "../base/errors.ts";
import type { Tools } from "../probe/tools.ts";
import type { CellRequest, SandboxDriver } from "./driver.ts";
import { type FakeOptions, fakeDriver } from "./fake.ts";
import { nativeDriver } from "./native.ts";
import { profileOf } from "./profile-of.ts";
import { runcDriver } from "./runc.ts";
import { runscDriver } from "./runsc.ts";
import type { OciSeccomp } from "./seccomp/oci-profile.ts";
import { unshareDriver } from "./unshare.ts";

export type DriverSetting = {
  tools: Tools;
  runscFlags: readonly string[];
  isRoot: boolean;
  /** State folder of runc and runsc. */
  stateDir: string;
  scenarioDirOf(scenario: string): string;
  filters: Readonly<Record<string, string>>;
  buildLauncher(): Promise<string>;
  fake: FakeOptions;
};

/** @throws SbxError (exit code 4) when the sandbox's program is missing */
export async function makeDriver(sandbox: SandboxName, setting: DriverSetting): Promise<SandboxDriver> {
  const { isRoot, stateDir } = setting;
  const seccompOf = async (request: CellRequest): Promise<OciSeccomp | null> =>
    profileOf(request.config.seccomp, {
      filters: setting.filters,
      scenarioDir: setting.scenarioDirOf(request.scenario),
    });
  switch (sandbox) {
    case "native":
      return nativeDriver();
    case "fake":
      return fakeDriver(setting.fake);
    case "unshare":
      return unshareDriver({ launcher: await setting.buildLauncher(), isRoot, seccompOf });
    case "runc":
      return runcDriver({ runc: pathOf("runc", setting.tools), isRoot, stateDir, seccompOf });
    case "runsc": {
      const runsc = pathOf("runsc", setting.tools);
      return runscDriver({ runsc, flags: setting.runscFlags, isRoot, stateDir, seccompOf });
    }
  }
}

function pathOf(name: "runc" | "runsc", tools: Tools): string {
  const tool = tools[name];
  if (tool.path !== null) return tool.path;
  throw new SbxError({
    what: `${name} is missing`,
    why: tool.reason ?? "it was not found",
    fix: tool.fix ?? "Run ./setup.sh.",
    exitCode: 4,
  });
}
