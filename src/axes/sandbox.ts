/** The axis `sandbox`, and the registry of what is known of each. Pure. */
import { z } from "zod";
import type { Axis } from "./axis.ts";
import { PLATFORMS_BY_USE } from "./platform.ts";
import type { SandboxFacts, SandboxTool } from "./sandbox-facts.ts";
import { bwrap } from "./sandboxes/bwrap.ts";
import { crun } from "./sandboxes/crun.ts";
import { fake } from "./sandboxes/fake.ts";
import { native } from "./sandboxes/native.ts";
import { runc } from "./sandboxes/runc.ts";
import { runsc } from "./sandboxes/runsc.ts";
import { unshare } from "./sandboxes/unshare.ts";

/** In display order: from the least to the most between program and kernel, then what only pretends. */
export const SANDBOX_FACTS = [
  native,
  unshare,
  bwrap,
  crun,
  runc,
  runsc,
  fake,
] as const satisfies SandboxFacts[];

type Registered = (typeof SANDBOX_FACTS)[number];
export type SandboxName = Registered["name"];
/** Those that stand on the host, the baseline among them. */
export type RealSandbox = Exclude<Registered, { kind: "synthetic" }>["name"];
/** Those that something starts. */
export type StartedSandbox = Extract<Registered, { kind: "sandbox" }>["name"];
/** Name of a program on the host that makes a sandbox. */
export type SandboxToolName = Exclude<Registered["tool"], null>["name"];

/** What a user may name; `fake` launches nothing, and is for the tests of this tool. */
export const REAL_SANDBOXES = SANDBOX_FACTS.filter(({ kind }) => kind !== "synthetic").map(
  ({ name }) => name,
) as readonly RealSandbox[];

export const SANDBOXES = SANDBOX_FACTS.map(({ name }) => name) as [SandboxName, ...SandboxName[]];

const FACTS = new Map<string, SandboxFacts>(SANDBOX_FACTS.map((facts) => [facts.name, facts]));
/** A stored run of another version may have a sandbox that this one lacks: nothing is promised of it. */
const UNKNOWN: SandboxFacts = { ...unshare, name: "unknown", need: null, presets: "none", tool: null };

export function factsOf(of: { sandbox: string }): SandboxFacts {
  return FACTS.get(of.sandbox) ?? UNKNOWN;
}

/** Nothing stands between the program and the host. */
export function isBaseline(of: { sandbox: string }): boolean {
  return factsOf(of).kind === "baseline";
}

/** Starts nothing; its figures are invented. */
export function isSynthetic(of: { sandbox: string }): boolean {
  return factsOf(of).kind === "synthetic";
}

export function isGVisor(of: { sandbox: string }): boolean {
  return factsOf(of).isGVisor;
}

/** `runsc systrap`; a sandbox without platforms by its name. */
export function sandboxLabel({ sandbox, platform }: { sandbox: string; platform: string | null }): string {
  return platform === null ? sandbox : `${sandbox} ${platform}`;
}

/** Every label in display order. */
export const SANDBOX_LABELS: readonly string[] = SANDBOX_FACTS.flatMap(({ name, platforms }: SandboxFacts) =>
  platforms.length === 0 ? [name] : platforms.map((platform) => sandboxLabel({ sandbox: name, platform })),
);

/** The labels of one sandbox, its most usual platform first. */
export function labelsByUse(sandbox: SandboxName): string[] {
  const { platforms } = factsOf({ sandbox });
  const own = PLATFORMS_BY_USE.filter((platform) => platforms.includes(platform));
  return own.length === 0 ? [sandbox] : own.map((platform) => sandboxLabel({ sandbox, platform }));
}

/** What a reader came for comes first: the most isolated; a baseline has nothing to tell. */
export const MOST_ISOLATED_FIRST = SANDBOX_FACTS.filter(({ kind }) => kind === "sandbox")
  .map(({ name }) => name)
  .toReversed() as readonly StartedSandbox[];

/** Nearest to the baseline, and on every host that can sandbox at all. */
export const LEAST_ISOLATED: StartedSandbox = MOST_ISOLATED_FIRST.at(-1)!;

/** The programs that make them; the same order. */
export const SANDBOX_TOOLS = [...SANDBOX_FACTS]
  .toReversed()
  .map(({ tool }) => tool)
  .filter((tool) => tool !== null) as readonly (SandboxTool & { name: SandboxToolName })[];

export const sandboxSchema = z.array(z.enum(SANDBOXES)).min(1).optional();

export const sandboxAxis: Axis = {
  key: "sandbox",
  option: {
    argument: "<names>",
    text: REAL_SANDBOXES.join(", "),
  },
  idPart: ({ sandbox, runsc: label }) => (label === undefined ? sandbox : `${sandbox}@${label}`),
  isOf: () => true,
  values: ({ sandbox }) => sandbox.map((name) => ({ sandbox: name })),
  absent: {},
  compare: (a, b) => place(a.sandbox) - place(b.sandbox),
  others: () => [],
  senseless: (config) => factsOf(config).senseless?.(config) ?? null,
  price: (from, to) => [...factsOf(from).leaving, ...factsOf(to).entering],
  need: (_, to) => factsOf(to).need,
};

/** Unknown names come last. */
function place(sandbox: SandboxName): number {
  const index = SANDBOXES.indexOf(sandbox);
  return index === -1 ? SANDBOXES.length : index;
}
