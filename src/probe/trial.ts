/**
 * How the start of a sandbox is tried: a program that only exits, under a time limit. The trials stand beside the drivers
 * (`sandbox/`), which come later in the flow, and are handed down to whoever probes a host.
 */
import type { PlatformName } from "../axes/platform.ts";
import type { StartedSandbox } from "../axes/sandbox.ts";
import type { ProbeAnswer } from "./answer.ts";
import type { Cgroups } from "./cgroups.ts";
import type { ContainedOptions } from "./contained.ts";
import type { Privileges } from "./privileges.ts";
import type { Tools } from "./tools.ts";
import type { TrialBundle } from "./trial-bundle.ts";

export type TrialSetting = ContainedOptions & {
  tools: Tools;
  cgroups: Cgroups;
  privileges: Privileges;
  bundle: TrialBundle;
  /** The helper `sbx-kvm-caps`; `null` where it is not built. */
  kvmCapsBinary: string | null;
  onProgress?: ((message: string) => void) | undefined;
};

export type StartAnswer = ProbeAnswer & {
  elapsedMs?: number;
  /** The end of what it wrote to stderr. */
  evidence?: string;
};

export type SandboxTrial = {
  /** @param platform one of its platforms; `null` for a sandbox without */
  start(setting: TrialSetting, platform: PlatformName | null): Promise<StartAnswer>;
  /** Only of a sandbox with a network stack of its own: the start with network=sandbox, on a platform that works. */
  startNetwork?(setting: TrialSetting, platform: PlatformName): Promise<ProbeAnswer>;
};

export type SandboxTrials = Readonly<Record<StartedSandbox, SandboxTrial>>;
