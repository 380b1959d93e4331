/** The registry: one line a sandbox. */
import type { SandboxName } from "../axes/sandbox.ts";
import type { SandboxTrials } from "../probe/trial.ts";
import { bwrap } from "./bwrap.ts";
import { crun } from "./crun.ts";
import type { SandboxDriver } from "./driver.ts";
import { fake } from "./fake.ts";
import type { DriverSetting, SandboxImplementation } from "./implementation.ts";
import { native } from "./native.ts";
import { runc } from "./runc.ts";
import { runsc } from "./runsc.ts";
import { unshare } from "./unshare.ts";

const IMPLEMENTATIONS: Readonly<Record<SandboxName, SandboxImplementation>> = {
  native,
  unshare,
  bwrap,
  crun,
  runc,
  runsc,
  fake,
};

/** What probes of a host are made with. */
export const SANDBOX_TRIALS = Object.fromEntries(
  Object.entries(IMPLEMENTATIONS).flatMap(([name, { trial }]) => (trial === null ? [] : [[name, trial]])),
) as SandboxTrials;

/** @throws SbxError (exit code 4) when the sandbox's program is missing */
export async function makeDriver(sandbox: SandboxName, setting: DriverSetting): Promise<SandboxDriver> {
  return IMPLEMENTATIONS[sandbox].driver(setting);
}
