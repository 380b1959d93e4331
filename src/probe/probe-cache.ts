/** Remembers what the trials found, so that they are made once a host and not once a command. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NETWORKS, type NetworkName } from "../axes/network.ts";
import { PLATFORMS, type PlatformName } from "../axes/platform.ts";
import { REAL_SANDBOXES, type RealSandbox } from "../axes/sandbox.ts";
import type { ProbeAnswer } from "./answer.ts";
import type { PlatformTrial } from "./platforms.ts";

const CACHE_SCHEMA = "sbx-bench/probe@2";
/** A host changes without its fingerprint changing (a module loaded, a switch set): ask again now and then. */
const MAX_AGE_MS = 7 * 24 * 3600 * 1000;

/** What the trials answer. */
export type Trials = {
  platforms: Record<PlatformName, PlatformTrial>;
  sandboxes: Record<RealSandbox, ProbeAnswer>;
  networks: Record<NetworkName, ProbeAnswer>;
  /** runsc with `--network=sandbox`, whatever the platform. */
  netstack: ProbeAnswer;
};

export type CachedTrials = {
  savedAt: string;
  /** Platforms that were tried; missing where all of them were. */
  tried?: readonly PlatformName[];
  trials: Trials;
};

type CacheFile = CachedTrials & {
  schema: typeof CACHE_SCHEMA;
  /** What else decides the answers: the user, paths of the tools, access to /dev/kvm. */
  circumstances: string;
};

/** `null` when there is no entry that still holds: absent, corrupt, of other circumstances, too old. */
export function readProbeCache(
  folder: string,
  fingerprintId: string,
  circumstances: string,
  now: Date = new Date(),
): CachedTrials | null {
  try {
    const file = JSON.parse(readFileSync(join(folder, `${fingerprintId}.json`), "utf8")) as CacheFile;
    const ageMs = now.getTime() - Date.parse(file.savedAt);
    const holds =
      file.schema === CACHE_SCHEMA &&
      file.circumstances === circumstances &&
      ageMs >= 0 &&
      ageMs < MAX_AGE_MS;
    const { savedAt, tried = PLATFORMS, trials } = file;
    return holds && isComplete(trials) ? { savedAt, tried, trials } : null;
  } catch {
    return null;
  }
}

function isComplete(trials: Trials): boolean {
  const answers: (ProbeAnswer | undefined)[] = [
    ...PLATFORMS.map((platform) => trials.platforms[platform]),
    ...REAL_SANDBOXES.map((sandbox) => trials.sandboxes[sandbox]),
    ...NETWORKS.map((network) => trials.networks[network]),
    trials.netstack,
  ];
  return answers.every((answer) => answer?.status === "works" || answer?.status === "unavailable");
}

/** Written whole or not at all. A cache that can't be written only costs time, so that is no error. */
export function writeProbeCache(
  folder: string,
  fingerprintId: string,
  circumstances: string,
  entry: CachedTrials,
): void {
  const path = join(folder, `${fingerprintId}.json`);
  const file: CacheFile = { schema: CACHE_SCHEMA, circumstances, ...entry };
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(file, null, 2)}\n`);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // Full disk or read-only home: the next command asks again.
  }
}
