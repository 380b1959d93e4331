/** Whether each of runsc's platforms really starts here: a program that only exits, under a time limit. */
import type { PlatformName } from "../axes/platform.ts";
import { lastLine, type ProbeAnswer, unavailable, WORKS } from "./answer.ts";
import { type ContainedOptions, type ContainedOutcome, runContained } from "./contained.ts";
import { explainKvmFailure, type KvmCaps, readKvmCaps, withoutTrial } from "./kvm.ts";
import type { TrialSetting } from "./trial.ts";

export type PlatformTrial = ProbeAnswer & {
  platform: PlatformName;
  elapsedMs: number;
  /** The end of what runsc wrote to stderr. */
  evidence: string;
};

/** How runsc is tried. */
export type PlatformOptions = Pick<TrialSetting, "kvmCapsBinary" | "onProgress" | "bundle"> &
  ContainedOptions & { runsc: string };

/**
 * Whether runsc starts with `--network=sandbox`, on a platform that works: an old runsc on a new kernel refuses only
 * that.
 */
export async function tryNetstack(platform: PlatformName, options: PlatformOptions): Promise<ProbeAnswer> {
  options.onProgress?.(`trying runsc with --network=sandbox (at most ${options.limitMs / 1000} s)`);
  const outcome = await startTrial(platform, "sandbox", options);
  if (outcome.exitCode === 0 && !outcome.timedOut) return WORKS;
  const said = outcome.timedOut ? "it did not end, and was killed" : lastLine(outcome.stderr);
  // runsc before 2025 knows the host's network namespace by a sysctl that kernels since 6.12 show in every one.
  const known = said.includes("root network namespace")
    ? " (this runsc takes every network namespace for the host's on kernels from about 6.12 on)"
    : "";
  return unavailable(
    `runsc refuses --network=sandbox on this kernel: ${said}${known}`,
    "Use a newer runsc: sbx-bench runsc install latest",
  );
}

function startTrial(
  platform: PlatformName,
  network: "none" | "sandbox",
  options: PlatformOptions,
): Promise<ContainedOutcome> {
  const { bundle, runsc } = options;
  const flags = [
    `--platform=${platform}`,
    `--network=${network}`,
    "--ignore-cgroups",
    `--root=${bundle.stateDir}`,
  ];
  const id = `${bundle.id}-${platform}-${network}`;
  return runContained([runsc, ...flags, "run", "--bundle", bundle.bundleDir, id], options);
}

export async function tryPlatform(platform: PlatformName, options: PlatformOptions): Promise<PlatformTrial> {
  const caps = platform === "kvm" ? await readKvmCaps(options.kvmCapsBinary) : null;
  const ruledOut = caps === null ? null : withoutTrial(caps);
  if (ruledOut !== null) return { platform, ...ruledOut, elapsedMs: 0, evidence: "" };
  const warning = caps?.gbPages === false ? "; this KVM offers no 1 GiB pages, so it will probably hang" : "";
  options.onProgress?.(`trying runsc on ${platform} (at most ${options.limitMs / 1000} s${warning})`);
  const outcome = await startTrial(platform, "none", options);
  const answer =
    outcome.exitCode === 0 && !outcome.timedOut ? WORKS : explain(platform, caps, outcome, options);
  return { platform, ...answer, elapsedMs: Math.round(outcome.elapsedMs), evidence: outcome.stderr };
}

function explain(
  platform: PlatformName,
  caps: KvmCaps | null,
  outcome: ContainedOutcome,
  options: PlatformOptions,
): ProbeAnswer {
  if (caps !== null) return explainKvmFailure(caps, outcome);
  if (outcome.timedOut) {
    return unavailable(
      `runsc did not finish a program that only exits within ${options.limitMs / 1000} s, and was killed.`,
      "Ask again when the host is idle: sbx-bench doctor --fresh",
    );
  }
  const said = lastLine(outcome.stderr) || `exit code ${outcome.exitCode}`;
  const fix =
    platform === "ptrace" && /ptrace|operation not permitted/i.test(said)
      ? "Allow ptrace: sysctl kernel.yama.ptrace_scope=1, and CAP_SYS_PTRACE in a container."
      : "Read runsc's own log: add --debug --debug-log=/tmp/runsc/ to the command.";
  return unavailable(`runsc failed: ${said}`, fix);
}
