/** Names and order of configurations, the same in every renderer. */
import { type Configuration, NETWORKS, type NetworkName } from "../../plan/cell.ts";
import type { FilterEvaluator } from "./figure.ts";

/** From the least to the most between program and kernel. */
const SANDBOX_ORDER = ["native", "unshare", "runc", "runsc systrap", "runsc ptrace", "runsc kvm", "fake"];
const SECCOMP_ORDER = ["none", "default", "generated"];
/** The network that a chart holds fixed: the cheapest that every sandbox has. */
export const NETWORK_PREFERENCE: readonly NetworkName[] = ["none", "sandbox", "host"];

/** `runsc systrap` */
export function sandboxLabel(config: Pick<Configuration, "sandbox" | "platform">): string {
  return config.platform === null ? config.sandbox : `${config.sandbox} ${config.platform}`;
}

/** `runsc@debian systrap directfs=false`: where several runscs and variants of flags may stand side by side. */
export function fullSandboxLabel({ sandbox, runsc, platform, flags }: Configuration): string {
  const binary = runsc === undefined ? sandbox : `${sandbox}@${runsc}`;
  return [binary, platform, flags].filter((part) => part !== null && part !== undefined).join(" ");
}

/** The name, or the path of a profile: whole, since two folders may have files of one name. */
export function seccompLabel(seccomp: string): string {
  return seccomp.replace(/^\.\//, "");
}

/** Under runsc the Sentry evaluates the application's filter; elsewhere the kernel. */
export function evaluatorOf(config: Configuration): FilterEvaluator | null {
  if (config.seccomp === "none") return null;
  return config.sandbox === "runsc" ? "Sentry" : "kernel";
}

export function compareConfigurations(a: Configuration, b: Configuration): number {
  return (
    place(SANDBOX_ORDER, sandboxLabel(a)) - place(SANDBOX_ORDER, sandboxLabel(b)) ||
    NETWORKS.indexOf(a.network) - NETWORKS.indexOf(b.network) ||
    place(SECCOMP_ORDER, a.seccomp) - place(SECCOMP_ORDER, b.seccomp) ||
    a.seccomp.localeCompare(b.seccomp)
  );
}

/** Position in `order`; unknown names come last. */
function place(order: readonly string[], name: string): number {
  const index = order.indexOf(name);
  return index === -1 ? order.length : index;
}
