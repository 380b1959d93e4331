/** All trials of a host in one go: namespaces, runc, veth, runsc on each platform. */
import type { Configuration } from "../axes/configuration.ts";
import { PLATFORMS, type PlatformName } from "../axes/platform.ts";
import { type ProbeAnswer, unavailable, WORKS } from "./answer.ts";
import type { Cgroups } from "./cgroups.ts";
import type { ContainedOptions } from "./contained.ts";
import {
  type PlatformOptions,
  type PlatformTrial,
  tryNetstack,
  tryPlatform,
  tryPlatforms,
} from "./platforms.ts";
import type { Privileges } from "./privileges.ts";
import type { Trials } from "./probe-cache.ts";
import { tryNamespaces, tryRunc, tryVeth } from "./sandboxes.ts";
import type { Tools } from "./tools.ts";
import { makeTrialBundle } from "./trial-bundle.ts";

/** A trivial program needs 0.1 s; in an emulated guest the same took up to 12 s. */
const LIMIT_MS = 10_000;
const EMULATED_LIMIT_MS = 60_000;

/** A plain user could make the pair inside one user namespace, but not join each launch of a run to it. */
const VETH_NEEDS_ROOT = unavailable(
  "network=sandbox needs root: a plain user can't join a launch to the veth pair of the run.",
  "Run as root.",
);

export type TrialOptions = {
  tools: Tools;
  cgroups: Cgroups;
  privileges: Privileges;
  emulated: boolean;
  /** A static program that exits with 0; `null` = a built-in one. */
  trueBinary: string | null;
  /** The helper `sbx-kvm-caps`; `null` where it is not built. */
  kvmCapsBinary: string | null;
  /** For the trial bundle. */
  folder: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((message: string) => void) | undefined;
};

export async function tryEverything(options: TrialOptions): Promise<Trials> {
  const { tools, cgroups, privileges } = options;
  const { unshare, setpriv, runsc, runc, ip } = tools;
  const missing = [unshare, setpriv].find((tool) => tool.path === null);
  if (unshare.path === null || setpriv.path === null || missing !== undefined) {
    return nothingWorks(unavailable(`${missing?.reason}.`, missing?.fix ?? ""));
  }
  const rootless = !privileges.isRoot;
  const bundle = makeTrialBundle(options.folder, options.trueBinary, rootless);
  try {
    const contained = {
      ...containedIn(options, unshare.path, setpriv.path),
      bundle,
      privileges,
    };
    options.onProgress?.("trying namespaces, runc and veth");
    const namespaces = await tryNamespaces(contained);
    if (namespaces.status !== "works") return nothingWorks(namespaces);
    const runcAnswer = await tryRunc(runc, cgroups, contained);
    const veth = rootless ? VETH_NEEDS_ROOT : await tryVeth(ip, contained);
    const { platforms, netstack } =
      runsc.path === null
        ? { platforms: allPlatforms(unavailable(`${runsc.reason}.`, runsc.fix ?? "")), netstack: WORKS }
        : await tryRunsc({ ...contained, ...options, runsc: runsc.path }, rootless);
    return {
      netstack,
      platforms,
      sandboxes: { native: WORKS, unshare: namespaces, runc: runcAnswer, runsc: bestOf(platforms) },
      networks: { none: WORKS, host: WORKS, sandbox: veth },
    };
  } finally {
    bundle.remove();
  }
}

/** A plain user has no veth pair, so that --network=sandbox is not asked for. */
async function tryRunsc(options: PlatformOptions, rootless: boolean) {
  const platforms = await tryPlatforms(options);
  return { platforms, netstack: rootless ? WORKS : await tryNetstack(platforms, options) };
}

function containedIn(
  options: Pick<TrialOptions, "privileges" | "emulated" | "signal">,
  unshare: string,
  setpriv: string,
): ContainedOptions {
  return {
    unshare,
    setpriv,
    rootless: !options.privileges.isRoot,
    limitMs: options.emulated ? EMULATED_LIMIT_MS : LIMIT_MS,
    signal: options.signal,
  };
}

/**
 * The one trial that a configuration stands on, made once more: in mid-run, when launches of it do not start.
 *
 * @returns `null` where there is no trial for this sandbox, or a tool of it is gone
 */
export async function tryAgain(
  config: Configuration,
  options: TrialOptions,
): Promise<(ProbeAnswer & { evidence: string }) | null> {
  const { tools, privileges } = options;
  const { unshare, setpriv, runsc } = tools;
  if (unshare.path === null || setpriv.path === null) return null;
  const bundle = makeTrialBundle(options.folder, options.trueBinary, !privileges.isRoot);
  try {
    const contained = { ...containedIn(options, unshare.path, setpriv.path), bundle, privileges };
    const said = (answer: ProbeAnswer) => ({ ...answer, evidence: answer.reason ?? "" });
    if (config.sandbox === "unshare") return said(await tryNamespaces(contained));
    if (config.sandbox === "runc") return said(await tryRunc(tools.runc, options.cgroups, contained));
    if (config.platform === null || runsc.path === null) return null;
    return await tryPlatform(config.platform, { ...contained, ...options, runsc: runsc.path });
  } finally {
    bundle.remove();
  }
}

/** Without namespaces only native is left. */
function nothingWorks(why: ProbeAnswer): Trials {
  return {
    platforms: allPlatforms(why),
    sandboxes: { native: WORKS, unshare: why, runc: why, runsc: why },
    networks: { none: why, host: WORKS, sandbox: why },
    netstack: WORKS,
  };
}

function allPlatforms(why: ProbeAnswer): Record<PlatformName, PlatformTrial> {
  return Object.fromEntries(
    PLATFORMS.map((platform) => [platform, { platform, ...why, elapsedMs: 0, evidence: "" }]),
  ) as Record<PlatformName, PlatformTrial>;
}

function bestOf(platforms: Record<PlatformName, PlatformTrial>): ProbeAnswer {
  const trials = Object.values(platforms);
  if (trials.some((trial) => trial.status === "works")) return WORKS;
  const { reason, fix } = platforms.systrap;
  return unavailable(reason ?? "", fix ?? "");
}
