/** All trials of a host in one go: namespaces, every sandbox on each of its platforms, veth. */
import type { Configuration } from "../axes/configuration.ts";
import { PLATFORMS, type PlatformName } from "../axes/platform.ts";
import { factsOf, MOST_ISOLATED_FIRST, type StartedSandbox } from "../axes/sandbox.ts";
import { type ProbeAnswer, unavailable, WORKS } from "./answer.ts";
import type { Cgroups } from "./cgroups.ts";
import type { PlatformTrial } from "./platforms.ts";
import type { Privileges } from "./privileges.ts";
import type { Trials } from "./probe-cache.ts";
import { tryNamespaces, tryVeth } from "./sandboxes.ts";
import type { Tools } from "./tools.ts";
import type { SandboxTrial, SandboxTrials, TrialSetting } from "./trial.ts";
import { makeTrialBundle } from "./trial-bundle.ts";

/** A trivial program needs 0.1 s; in an emulated guest the same took up to 12 s. */
const LIMIT_MS = 10_000;
const EMULATED_LIMIT_MS = 60_000;

/** A plain user could make the pair inside one user namespace, but not join each launch of a run to it. */
const VETH_NEEDS_ROOT = unavailable(
  "network=sandbox needs root: a plain user can't join a launch to the veth pair of the run.",
  "Run as root.",
);

/** In display order. */
const STARTED = MOST_ISOLATED_FIRST.toReversed();
const hasPlatforms = (sandbox: StartedSandbox) => factsOf({ sandbox }).platforms.length > 0;

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
  /** To be tried; kvm takes 10 s where it hangs, and the others a second each. */
  askedPlatforms?: readonly PlatformName[] | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((message: string) => void) | undefined;
};

export async function tryEverything(trials: SandboxTrials, options: TrialOptions): Promise<Trials> {
  const { unshare, setpriv, ip } = options.tools;
  const missing = [unshare, setpriv].find((tool) => tool.path === null);
  if (missing !== undefined) return nothingWorks(unavailable(`${missing.reason}.`, missing.fix ?? ""));
  return withBundle(options, async (setting) => {
    const rootless = !options.privileges.isRoot;
    const plain = STARTED.filter((sandbox) => !hasPlatforms(sandbox));
    options.onProgress?.(`trying ${plain.join(", ")} and veth`);
    const namespaces = await tryNamespaces(setting);
    if (namespaces.status !== "works") return nothingWorks(namespaces);
    const answers = new Map<StartedSandbox, ProbeAnswer>();
    for (const sandbox of plain) answers.set(sandbox, answerOf(await trials[sandbox].start(setting, null)));
    const veth = rootless ? VETH_NEEDS_ROOT : await tryVeth(ip, setting);
    let [platforms, netstack] = [allPlatforms(NOT_TRIED), WORKS];
    for (const sandbox of STARTED.filter(hasPlatforms)) {
      platforms = await tryPlatforms(trials[sandbox], setting, options.askedPlatforms ?? PLATFORMS);
      answers.set(sandbox, bestOf(platforms));
      // A plain user has no veth pair, so that network=sandbox is not asked for.
      if (!rootless) netstack = await tryNetstack(trials[sandbox], platforms, setting);
    }
    return {
      netstack,
      platforms,
      sandboxes: sandboxAnswers((sandbox) => answers.get(sandbox)!),
      networks: { none: WORKS, host: WORKS, sandbox: veth },
    };
  });
}

const NOT_TRIED = unavailable("No sandbox has it.", "");
const NOT_ASKED = unavailable(
  "It was not tried: nothing here asks for it.",
  "sbx-bench doctor tries everything.",
);

/** One after another: a hanging kvm keeps a CPU busy, and must not make the others look slow. */
async function tryPlatforms(
  trial: SandboxTrial,
  setting: TrialSetting,
  asked: readonly PlatformName[],
): Promise<Record<PlatformName, PlatformTrial>> {
  const trials = allPlatforms(NOT_ASKED);
  for (const platform of PLATFORMS.filter((name) => asked.includes(name))) {
    const { elapsedMs = 0, evidence = "", ...answer } = await trial.start(setting, platform);
    trials[platform] = { platform, ...answerOf(answer), elapsedMs, evidence };
  }
  return trials;
}

/** On the first platform that works. "works" where none does: their own reasons say why nothing runs. */
async function tryNetstack(
  trial: SandboxTrial,
  platforms: Record<PlatformName, PlatformTrial>,
  setting: TrialSetting,
): Promise<ProbeAnswer> {
  const platform = PLATFORMS.find((name) => platforms[name].status === "works");
  if (platform === undefined || trial.startNetwork === undefined) return WORKS;
  return trial.startNetwork(setting, platform);
}

/**
 * The one trial that a configuration stands on, made once more: in mid-run, when launches of it do not start.
 *
 * @returns `null` where there is no trial for this sandbox, or what contains trials is gone
 */
export async function tryAgain(
  { sandbox, platform }: Configuration,
  trials: SandboxTrials,
  options: TrialOptions,
): Promise<(ProbeAnswer & { evidence: string }) | null> {
  const trial = Object.hasOwn(trials, sandbox) ? trials[sandbox as StartedSandbox] : null;
  const { unshare, setpriv } = options.tools;
  if (trial === null || unshare.path === null || setpriv.path === null) return null;
  const answer = await withBundle(options, (setting) => trial.start(setting, platform));
  return { ...answerOf(answer), evidence: answer.evidence ?? answer.reason ?? "" };
}

async function withBundle<T>(
  options: TrialOptions,
  action: (setting: TrialSetting) => Promise<T>,
): Promise<T> {
  const { tools, privileges, emulated } = options;
  const bundle = makeTrialBundle(options.folder, options.trueBinary, !privileges.isRoot);
  try {
    return await action({
      ...options,
      bundle,
      unshare: tools.unshare.path ?? "",
      setpriv: tools.setpriv.path ?? "",
      rootless: !privileges.isRoot,
      limitMs: emulated ? EMULATED_LIMIT_MS : LIMIT_MS,
    });
  } finally {
    bundle.remove();
  }
}

function answerOf({ status, reason, fix }: ProbeAnswer): ProbeAnswer {
  return { status, reason, fix };
}

/** Without namespaces only native is left. */
function nothingWorks(why: ProbeAnswer): Trials {
  return {
    platforms: allPlatforms(why),
    sandboxes: sandboxAnswers(() => why),
    networks: { none: why, host: WORKS, sandbox: why },
    netstack: WORKS,
  };
}

function sandboxAnswers(of: (sandbox: StartedSandbox) => ProbeAnswer): Trials["sandboxes"] {
  const started = Object.fromEntries(STARTED.map((sandbox) => [sandbox, of(sandbox)]));
  return { native: WORKS, ...started } as Trials["sandboxes"];
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
