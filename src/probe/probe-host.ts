/** The one call that plan, run and doctor build on: what this host is, has and can run. */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../axes/configuration.ts";
import { PLATFORMS, type PlatformName } from "../axes/platform.ts";
import { factsOf, type RealSandbox, SANDBOX_TOOLS } from "../axes/sandbox.ts";
import type { SandboxTool } from "../axes/sandbox-facts.ts";
import { cacheFolder } from "../base/cache-folder.ts";
import type { Fingerprint, RunscUsed } from "../samples/run-manifest.ts";
import { type Cgroups, detectCgroups } from "./cgroups.ts";
import { readFingerprint, type SystemFacts, systemFacts } from "./fingerprint.ts";
import { type Privileges, readPrivileges } from "./privileges.ts";
import { readProbeCache, type Trials, writeProbeCache } from "./probe-cache.ts";
import type { Processor } from "./processor.ts";
import { findTools, type Tools } from "./tools.ts";
import type { SandboxTrials } from "./trial.ts";
import { removeOrphanBundles } from "./trial-bundle.ts";
import { tryEverything } from "./trials.ts";

export type ProbeOptions = {
  /** How each sandbox is tried. */
  sandboxTrials: SandboxTrials;
  /** A static program that exits with 0, as built for the scenarios; `null` = a built-in one (x86-64). */
  trueBinary: string | null;
  /** The built helper `sbx-kvm-caps`; `null` where there is none. */
  kvmCapsBinary: string | null;
  /** Ask again even where an earlier answer is remembered. */
  fresh?: boolean | undefined;
  /** Platforms of gVisor that somebody wants to know of; without it all of them. */
  askedPlatforms?: readonly PlatformName[] | undefined;
  env?: NodeJS.ProcessEnv | undefined;
  signal?: AbortSignal | undefined;
  /** Told before each step that may take seconds. */
  onProgress?: ((message: string) => void) | undefined;
};

/** What was found out with one of the runscs that a run names. */
type RunscProbe = Trials & { used: RunscUsed; tools: Tools };

export type HostProbe = Trials & {
  fingerprint: Fingerprint;
  /** Sentences about the host that do not decide comparability. */
  notes: string[];
  versions: Record<string, string>;
  emulated: boolean;
  tools: Tools;
  cgroups: Cgroups;
  processor: Processor;
  settings: Record<string, string>;
  mitigations: Record<string, string>;
  privileges: Privileges;
  isRoot: boolean;
  /** When the trials were made, ISO 8601, and whether that was now. */
  triedAt: string;
  remembered: boolean;
  /** By label, where a run names its runscs or sets flags; see `probeWithRunscs`. */
  runscs?: ReadonlyMap<string, RunscProbe>;
};

/** About 0.2 s when the trials are remembered; up to 12 s when they are not and kvm hangs. */
export async function probeHost(options: ProbeOptions): Promise<HostProbe> {
  const env = options.env ?? process.env;
  const folder = join(cacheFolder(env), "probes");
  removeOrphanBundles(folder);
  const [tools, system] = await Promise.all([findTools(env), systemFacts()]);
  const cgroups = detectCgroups();
  const privileges = readPrivileges();
  const host = readHost(tools, cgroups, system);
  const { processor, fingerprint } = host;

  const circumstances = circumstancesOf(tools, options.kvmCapsBinary !== null);
  // A file for each circumstances: two users, or two runscs, must not make each other's answers be asked again.
  const name = `${fingerprint.id}-${createHash("sha256").update(circumstances).digest("hex").slice(0, 8)}`;
  const known = options.fresh ? null : readProbeCache(folder, name, circumstances);
  const asked = PLATFORMS.filter((one) => (options.askedPlatforms ?? PLATFORMS).includes(one));
  const isKnown = asked.every((one) => known?.tried?.includes(one));
  const remembered = isKnown ? known : null;
  // Once more what is known already: an entry is of one moment.
  const tried = PLATFORMS.filter((one) => asked.includes(one) || known?.tried?.includes(one));
  const entry = remembered ?? {
    tried,
    trials: await tryEverything(options.sandboxTrials, {
      ...options,
      askedPlatforms: tried,
      tools,
      cgroups,
      privileges,
      emulated: processor.emulated,
      folder,
    }),
    savedAt: new Date().toISOString(),
  };
  if (remembered === null) writeProbeCache(folder, name, circumstances, entry);
  return {
    ...entry.trials,
    ...host,
    emulated: processor.emulated,
    tools,
    cgroups,
    privileges,
    isRoot: privileges.isRoot,
    triedAt: entry.savedAt,
    remembered: remembered !== null,
  };
}

function readHost(tools: Tools, cgroups: Cgroups, system: SystemFacts) {
  const identity: Record<string, string> = {
    "sbx-bench": ownVersion(),
    ...versionsOf(tools, ({ fingerprint }) => fingerprint === "always"),
    go: tools.go.version ?? "none",
  };
  const host = readFingerprint({ cgroups, system, versions: identity });
  const versions = {
    ...identity,
    node: process.versions.node,
    kernel: host.fingerprint.fields["kernel.release"] ?? "unknown",
    ...versionsOf(tools, ({ fingerprint }) => fingerprint !== "always"),
    iproute2: tools.ip.version ?? "none",
  };
  return { ...host, versions };
}

function versionsOf(tools: Tools, isMeant: (tool: SandboxTool) => boolean): Record<string, string> {
  const meant = SANDBOX_TOOLS.filter(isMeant);
  return Object.fromEntries(
    meant.map(({ name, versionedAs }) => [versionedAs ?? name, tools[name].version ?? "none"]),
  );
}

function ownVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** What decides a trial's answer and is not in the fingerprint. */
function circumstancesOf(tools: Tools, asksKvm: boolean): string {
  return JSON.stringify({
    uid: process.getuid?.() ?? null,
    paths: [...SANDBOX_TOOLS.map(({ name }) => tools[name]), tools.setpriv, tools.ip].map(({ path }) => path),
    kvm: existsSync("/dev/kvm") && mayOpen("/dev/kvm"),
    asksKvm,
  });
}

function mayOpen(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The sentence that says why this host can't run a configuration; `null` where it can. */
export function unavailableReason(
  probe: Trials & Pick<HostProbe, "runscs">,
  config: Configuration,
): string | null {
  const { kind, isGVisor } = factsOf(config);
  if (kind === "synthetic") return null;
  const host = (config.runsc === undefined ? undefined : probe.runscs?.get(config.runsc)) ?? probe;
  const sandbox =
    config.platform === null
      ? host.sandboxes[config.sandbox as RealSandbox]
      : host.platforms[config.platform];
  const netstack = isGVisor && config.network === "sandbox" ? host.netstack.reason : null;
  return sandbox.reason ?? host.networks[config.network].reason ?? netstack;
}
