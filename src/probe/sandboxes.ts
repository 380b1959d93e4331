/** Whether namespaces, runc and a veth pair really work here; each is tried once. */

import { rmdirSync } from "node:fs";
import { join } from "node:path";
import { lastLine, type ProbeAnswer, unavailable, WORKS } from "./answer.ts";
import type { Cgroups } from "./cgroups.ts";
import { type ContainedOptions, type ContainedOutcome, runContained } from "./contained.ts";
import { explainNamespaceRefusal, type Privileges } from "./privileges.ts";
import type { Tool } from "./tools.ts";
import type { TrialBundle } from "./trial-bundle.ts";

export type SandboxOptions = ContainedOptions & { bundle: TrialBundle; privileges: Privileges };

/** Mount, pid, ipc, uts and net namespaces at once, with a user namespace for a plain user. */
export async function tryNamespaces(options: SandboxOptions): Promise<ProbeAnswer> {
  const outcome = await runContained([options.bundle.programPath], options);
  return outcome.exitCode === 0 ? WORKS : explainNamespaceRefusal(outcome.stderr, options.privileges);
}

/** The trial bundle under runc, inside the namespaces that keep a hang from staying. */
export async function tryRunc(runc: Tool, cgroups: Cgroups, options: SandboxOptions): Promise<ProbeAnswer> {
  if (runc.path === null) return unavailable(`${runc.reason}.`, runc.fix ?? "");
  const { bundle } = options;
  const outcome = await runContained(
    [runc.path, `--root=${bundle.stateDir}`, "run", "--bundle", bundle.bundleDir, bundle.id],
    options,
  );
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  removeCgroupsOf(bundle.id, cgroups);
  return unavailable(`runc failed: ${whatHappened(outcome, options)}`, runcFix(outcome.stderr));
}

/** A killed runc leaves the cgroups that it made for the bundle's id. */
function removeCgroupsOf(id: string, cgroups: Cgroups): void {
  for (const mountPoint of cgroups.mountPoints) {
    try {
      rmdirSync(join(mountPoint, id));
    } catch {
      // Never made, or runc removed it.
    }
  }
}

function runcFix(stderr: string): string {
  return /cgroup/i.test(stderr)
    ? "runc needs cgroups it may write: run as root, with /sys/fs/cgroup mounted read-write."
    : "Run as root on the host itself; runc's message says what it could not do.";
}

/** Addresses of 198.18.0.0/15 are set aside for benchmarks (RFC 2544); nothing is sent. */
const VETH_SCRIPT = `set -e
mount -t tmpfs -o size=64k tmpfs /run
"$1" netns add peer
"$1" link add sbx0 type veth peer name sbx1 netns peer
"$1" address add 198.18.0.1/30 dev sbx0
"$1" link set sbx0 up
"$1" -n peer address add 198.18.0.2/30 dev sbx1
"$1" -n peer link set sbx1 up`;

/** Two network namespaces joined by a veth pair; both vanish with the namespaces around them. */
export async function tryVeth(ip: Tool, options: SandboxOptions): Promise<ProbeAnswer> {
  if (ip.path === null) return unavailable(`${ip.reason}.`, ip.fix ?? "");
  const outcome = await runContained(["/bin/sh", "-c", VETH_SCRIPT, "sh", ip.path], options);
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  return unavailable(
    `No veth pair can be made: ${whatHappened(outcome, options)}`,
    "Load the module (modprobe veth), or run where CAP_NET_ADMIN is allowed.",
  );
}

function whatHappened(outcome: ContainedOutcome, options: SandboxOptions): string {
  if (outcome.timedOut) return `it did not end within ${options.limitMs / 1000} s, and was killed.`;
  return lastLine(outcome.stderr) || `exit code ${outcome.exitCode}`;
}
