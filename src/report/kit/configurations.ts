/** Names of configurations, the same in every renderer. */
import type { Configuration } from "../../axes/configuration.ts";
import type { NetworkName } from "../../axes/network.ts";
import { factsOf } from "../../axes/sandbox.ts";
import type { FilterEvaluator } from "../../axes/sandbox-facts.ts";

/** The network that a chart holds fixed: the cheapest that every sandbox has. */
export const NETWORK_PREFERENCE: readonly NetworkName[] = ["none", "sandbox", "host"];

/** `runsc@debian systrap directfs=false`: where several runscs and variants of flags may stand side by side. */
export function fullSandboxLabel({ sandbox, runsc, platform, flags }: Configuration): string {
  const binary = runsc === undefined ? sandbox : `${sandbox}@${runsc}`;
  return [binary, platform, flags].filter((part) => part !== null && part !== undefined).join(" ");
}

/** The name, or the path of a profile: whole, since two folders may have files of one name. */
export function seccompLabel(seccomp: string): string {
  return seccomp.replace(/^\.\//, "");
}

/** Who evaluates the application's filter; `null` without one. */
export function evaluatorOf(config: Configuration): FilterEvaluator | null {
  return config.seccomp === "none" ? null : factsOf(config).evaluator;
}
