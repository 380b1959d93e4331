/** The one call that plan, run and doctor build on: what this host is, has and can run. */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Configuration } from "../axes/configuration.ts";
import { cacheFolder } from "../base/cache-folder.ts";
import type { Fingerprint, RunscUsed } from "../samples/run-manifest.ts";
import { type Cgroups, detectCgroups } from "./cgroups.ts";
import { readFingerprint, type SystemFacts, systemFacts } from "./fingerprint.ts";
import { type Privileges, readPrivileges } from "./privileges.ts";
import { readProbeCache, type Trials, writeProbeCache } from "./probe-cache.ts";
import type { Processor } from "./processor.ts";
import { findTools, type Tools } from "./tools.ts";
import { removeOrphanBundles } from "./trial-bundle.ts";
import { tryEverything } from "./trials.ts";

export type ProbeOptions = {
  /** A static program that exits with 0, as built for the scenarios; `null` = a built-in one (x86-64). */
  trueBinary: string | null;
  /** The built helper `sbx-kvm-caps`; `null` where there is none. */
  kvmCapsBinary: string | null;
  /** Ask again even where an earlier answer is remembered. */
  fresh?: boolean | undefined;
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
  const remembered = options.fresh ? null : readProbeCache(folder, name, circumstances);
  const entry = remembered ?? {
    trials: await tryEverything({
      ...options,
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
    runsc: tools.runsc.version ?? "none",
    runc: tools.runc.version ?? "none",
    go: tools.go.version ?? "none",
  };
  const host = readFingerprint({ cgroups, system, versions: identity });
  const versions = {
    ...identity,
    node: process.versions.node,
    kernel: host.fingerprint.fields["kernel.release"] ?? "unknown",
    "util-linux": tools.unshare.version ?? "none",
    iproute2: tools.ip.version ?? "none",
  };
  return { ...host, versions };
}

function ownVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** What decides a trial's answer and is not in the fingerprint. */
function circumstancesOf(tools: Tools, asksKvm: boolean): string {
  const { runsc, runc, unshare, setpriv, ip } = tools;
  return JSON.stringify({
    uid: process.getuid?.() ?? null,
    paths: [runsc, runc, unshare, setpriv, ip].map((tool) => tool.path),
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
  if (config.sandbox === "fake") return null;
  const host = (config.runsc === undefined ? undefined : probe.runscs?.get(config.runsc)) ?? probe;
  const sandbox =
    config.sandbox === "runsc" && config.platform !== null
      ? host.platforms[config.platform]
      : host.sandboxes[config.sandbox];
  const netstack = config.sandbox === "runsc" && config.network === "sandbox" ? host.netstack.reason : null;
  return sandbox.reason ?? host.networks[config.network].reason ?? netstack;
}
