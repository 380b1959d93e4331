/** All probes in one configuration: those that get along in one launch, each of the others in its own. */
import type { Configuration } from "../axes/configuration.ts";
import type { HeldEnvironment } from "../run/environment/held-environment.ts";
import type { SandboxSettings } from "../run/environment/workload.ts";
import { placeCanaries } from "./canaries/place-canaries.ts";
import type { ProbeDefinition } from "./catalogue/probe.ts";
import type { Posture } from "./posture/posture.ts";
import { launchProbes } from "./probe-launch.ts";
import type { ProbeVerdict } from "./result.ts";

const MIB = 1024 * 1024;

/** What the resource probes go for, and the limits that stop them where the sandbox has limits at all. */
const WANTED = { processes: 300, bytes: 384 * MIB, files: 5000 };
const RESOURCE_LIMITS = { pids: 200, memoryBytes: 256 * MIB };

/** How often a sandbox that ends in the middle is launched again for what is left. */
const MOST_LAUNCHES = 6;

export type ProbedConfiguration = {
  verdicts: ProbeVerdict[];
  posture: Posture | null;
  inside: Record<string, string> | null;
};

export type ProbeSetting = {
  held: HeldEnvironment;
  /** Path of the built `sbx-probe`, and the root file system with it. */
  program: string;
  rootfs: string;
  settings: SandboxSettings;
  /** Folders of the host that the sandbox gets: for planted holes. `CANARIES` stands for that of the canaries. */
  binds?: readonly { path: string | typeof CANARIES; readOnly: boolean }[];
  abort: AbortSignal;
};

export const CANARIES = Symbol("folder of the canaries");

/** @throws SbxError that says what this host or configuration lacks */
export async function probeConfiguration(
  configuration: Configuration,
  probes: readonly ProbeDefinition[],
  setting: ProbeSetting,
): Promise<ProbedConfiguration> {
  const together = probes.filter(({ isAlone }) => isAlone !== true);
  const alone = probes.filter(({ isAlone }) => isAlone === true).map((probe) => [probe]);
  const verdicts: ProbeVerdict[] = [];
  const result: ProbedConfiguration = { verdicts, posture: null, inside: null };
  for (const batch of [together, ...alone]) {
    let left: readonly ProbeDefinition[] = batch;
    let why = "";
    for (let launch = 0; left.length > 0 && launch < MOST_LAUNCHES; launch += 1) {
      if (setting.abort.aborted) return result;
      const one = await launchOnce(configuration, left, setting);
      verdicts.push(...one.verdicts);
      result.posture ??= one.posture;
      result.inside ??= one.inside;
      why = one.outcome.measured.failure?.message ?? "it said nothing of it";
      // Without progress it would end in the same way again.
      if (one.left.length === left.length) break;
      left = one.left;
    }
    const known = new Set(verdicts.map(({ probe }) => probe));
    for (const { name } of batch.filter((probe) => !known.has(probe.name))) {
      verdicts.push({
        probe: name,
        verdict: "error",
        detail: `the sandbox ended before it was started: ${why}`,
      });
    }
  }
  return result;
}

let canaryFolders = 0;

async function launchOnce(
  configuration: Configuration,
  probes: readonly ProbeDefinition[],
  { held, program, rootfs, settings, binds = [], abort }: ProbeSetting,
) {
  const dir = held.folder(`canaries-${canaryFolders++}`);
  const canaries = await placeCanaries(dir, program, held.runId);
  const isAlone = probes.some((probe) => probe.isAlone === true);
  try {
    return await launchProbes({
      held,
      configuration,
      rootfs,
      settings: isAlone ? { ...settings, limits: { ...settings.limits, ...RESOURCE_LIMITS } } : settings,
      probes,
      canaries,
      wanted: WANTED,
      binds: binds.map(({ path, readOnly }) => ({ path: path === CANARIES ? dir : path, readOnly })),
      abort,
    });
  } finally {
    await canaries.remove();
  }
}
