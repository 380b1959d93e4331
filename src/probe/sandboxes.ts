/** Whether namespaces and a veth pair really work here: what several sandboxes stand on. */
import { lastLine, type ProbeAnswer, unavailable, WORKS } from "./answer.ts";
import { type ContainedOptions, type ContainedOutcome, runContained } from "./contained.ts";
import { explainNamespaceRefusal } from "./privileges.ts";
import type { Tool } from "./tools.ts";
import type { TrialSetting } from "./trial.ts";

/** Mount, pid, ipc, uts and net namespaces at once, with a user namespace for a plain user. */
export async function tryNamespaces(
  options: ContainedOptions & Pick<TrialSetting, "bundle" | "privileges">,
): Promise<ProbeAnswer> {
  const outcome = await runContained([options.bundle.programPath], options);
  return outcome.exitCode === 0 ? WORKS : explainNamespaceRefusal(outcome.stderr, options.privileges);
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
export async function tryVeth(ip: Tool, options: ContainedOptions): Promise<ProbeAnswer> {
  if (ip.path === null) return unavailable(`${ip.reason}.`, ip.fix ?? "");
  const outcome = await runContained(["/bin/sh", "-c", VETH_SCRIPT, "sh", ip.path], options);
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  return unavailable(
    `No veth pair can be made: ${whatHappened(outcome, options)}`,
    "Load the module (modprobe veth), or run where CAP_NET_ADMIN is allowed.",
  );
}

/** For a sentence that ends with it. */
export function whatHappened(outcome: ContainedOutcome, options: ContainedOptions): string {
  if (outcome.timedOut) return `it did not end within ${options.limitMs / 1000} s, and was killed.`;
  return lastLine(outcome.stderr) || `exit code ${outcome.exitCode}`;
}
