/** One launch of the probe program: what was said inside, and what the canaries saw of it. */
import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../axes/configuration.ts";
import { isBaseline } from "../axes/sandbox.ts";
import type { HeldEnvironment } from "../run/environment/held-environment.ts";
import type { SandboxSettings } from "../run/environment/workload.ts";
import type { LaunchOutcome } from "../run/launch/launch-outcome.ts";
import type { Canaries } from "./canaries/canaries.ts";
import type { ProbeDefinition } from "./catalogue/probe.ts";
import { LaunchWatch } from "./launch-watch.ts";
import type { Posture } from "./posture/posture.ts";
import type { ProbeVerdict } from "./result.ts";

export type ProbeLaunch = {
  held: HeldEnvironment;
  configuration: Configuration;
  rootfs: string;
  settings: SandboxSettings;
  probes: readonly ProbeDefinition[];
  canaries: Canaries;
  /** What the resource probes go for. */
  wanted: { processes: number; bytes: number; files: number };
  binds: readonly { path: string; readOnly: boolean }[];
  abort: AbortSignal;
};

export type ProbeLaunchResult = {
  verdicts: ProbeVerdict[];
  /** Of its probes, those that were not started because the sandbox ended before. */
  left: ProbeDefinition[];
  posture: Posture | null;
  inside: Record<string, string> | null;
  outcome: LaunchOutcome;
};

/** Of one probe, inside the sandbox. The sandbox itself may take longer to start. */
const PROBE_LIMIT_MS = 8000;
const START_LIMIT_MS = 30_000;
const OUTPUT_BYTES = 1024 * 1024;

/** @throws SbxError that says what this host or configuration lacks */
export async function launchProbes(launch: ProbeLaunch): Promise<ProbeLaunchResult> {
  const { held, configuration, probes, canaries, wanted } = launch;
  const token = randomBytes(32).toString("hex");
  const request = {
    token,
    hostMounts: readlinkSync("/proc/self/ns/mnt"),
    nonce: canaries.nonce,
    probes: probes.map(({ name }) => name),
    limitMs: PROBE_LIMIT_MS,
    targets: { ...canaries.targets, ...wanted },
  };
  const workload = {
    name: "probes",
    rootfs: launch.rootfs,
    args: [token, ...(isBaseline(configuration) ? ["native"] : [])],
    env: { SBX_PROBES: JSON.stringify(request) },
    binds: launch.binds,
  };
  const prepared = await held.prepare(configuration, workload, launch.settings);
  const watch = new LaunchWatch(launch, token, join(prepared.workDir, "bind"));
  const outcome = await held.launch(prepared, {
    launchMs: START_LIMIT_MS + probes.length * PROBE_LIMIT_MS,
    outputBytes: OUTPUT_BYTES,
    talk: {
      speaksProtocol: false,
      onOutput: (stream, chunk) => {
        if (stream === "stdout") watch.take(String(chunk));
      },
    },
    abort: launch.abort,
  });
  return watch.judged(outcome);
}
