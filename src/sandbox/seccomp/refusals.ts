/**
 * Why a sandbox cannot run a program under a filter: what would fail at every launch is said before the first. Pure.
 * Tried with runc 1.1.5, this tool's launcher on libseccomp 2.5, and runsc 20260905.
 */
import { factsOf, type SandboxName } from "../../axes/sandbox.ts";
import type { FilterTaker } from "../../axes/sandbox-facts.ts";
import { lintForGvisor } from "./gvisor-dialect.ts";
import type { OciSeccomp } from "./oci-profile.ts";

/** What `runc features` says of its filters. */
export type RuncFilters = { architectures: readonly string[]; flags: readonly string[] };

export type FilterFacts = {
  /** `null` where it was not asked or does not say; then nothing is refused for it. */
  runc: RuncFilters | null;
  /** Why nobody answers notifications; `null` where somebody does. */
  noListener: string | null;
};

/** Of the specification, but not of libseccomp 2.5. */
const LIBSECCOMP_LACKS = ["LOONGARCH64", "M68K", "SH", "SHEB"].map((name) => `SCMP_ARCH_${name}`);

/** Without these Go's runtime neither starts nor ends, nor prints a line of the protocol. */
const GO_NEEDS = ["mmap", "clone", "rt_sigaction", "write", "exit_group"];

const PASSING = ["SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY"];

/** A sentence; `null` where nothing speaks against it. */
export function filterRefusal(sandbox: SandboxName, profile: OciSeccomp, facts: FilterFacts): string | null {
  const { filter, isGVisor } = factsOf({ sandbox });
  if (filter === null) return null;
  const [problem] =
    filter.dialect === "oci"
      ? ociProblems(profile, filter)
      : filter.dialect === "runc"
        ? runcProblems(profile, facts)
        : lintForGvisor(profile).fatal;
  return problem ?? startProblem(profile, isGVisor ? null : sandbox);
}

function ociProblems(profile: OciSeccomp, taker: Extract<FilterTaker, { dialect: "oci" }>): string[] {
  const flags = (profile.flags ?? []).filter((flag) => !taker.flags.includes(flag));
  const foreign = (profile.architectures ?? []).filter((name) => LIBSECCOMP_LACKS.includes(name));
  return [
    ...(notifies(profile)
      ? [
          `the filter has SCMP_ACT_NOTIFY, and ${taker.by} does not supervise: nobody would answer; runc can, with an agent`,
        ]
      : []),
    ...flags.map((flag) => `${taker.by} does not know the filter's flag ${flag}`),
    ...foreign.map((name) => `${taker.by} does not know the filter's architecture ${name}`),
  ];
}

function runcProblems(profile: OciSeccomp, { runc, noListener }: FilterFacts): string[] {
  const flags = runc === null ? [] : (profile.flags ?? []).filter((flag) => !runc.flags.includes(flag));
  const architectures =
    runc === null ? [] : (profile.architectures ?? []).filter((name) => !runc.architectures.includes(name));
  return [
    ...(profile.defaultAction === "SCMP_ACT_NOTIFY"
      ? ["runc refuses SCMP_ACT_NOTIFY as the default action: the agent could not be told"]
      : []),
    ...(actionsOf(profile, "write").includes("SCMP_ACT_NOTIFY")
      ? ["runc refuses SCMP_ACT_NOTIFY for write: it tells the agent by write itself"]
      : []),
    ...(notifies(profile) && noListener !== null ? [noListener] : []),
    ...flags.map(
      (flag) =>
        `this runc does not know the filter's flag ${flag}${runc?.flags.length === 0 ? ", nor any other one" : ""}`,
    ),
    ...architectures.map((name) => `this runc does not know the filter's architecture ${name}`),
  ];
}

/**
 * A filter that denies what a start needs ends every launch; some never end (exit_group).
 *
 * @param starter what starts the program under the filter; `null` for the Sentry, which loads it by itself
 */
function startProblem(profile: OciSeccomp, starter: SandboxName | null): string | null {
  const exec = starter === null ? null : deniedAs(profile, "execve");
  if (exec !== null) return `the filter denies execve (${exec}), by which ${starter} starts the program`;
  for (const name of GO_NEEDS) {
    const action = deniedAs(profile, name);
    if (action !== null) return `the filter denies ${name} (${action}), without which no Go program runs`;
  }
  return null;
}

/** The action, where it is denied whatever its arguments are; `null` where some or all calls pass. */
function deniedAs(profile: OciSeccomp, name: string): string | null {
  const entries = profile.syscalls.filter(({ names }) => names.includes(name));
  const actions = entries.map(({ action }) => action);
  if (actions.some((action) => PASSING.includes(action))) return null;
  const always = entries.find(({ args }) => args.length === 0)?.action ?? profile.defaultAction;
  return PASSING.includes(always) ? null : always;
}

function notifies({ defaultAction, syscalls }: OciSeccomp): boolean {
  return [defaultAction, ...syscalls.map(({ action }) => action)].includes("SCMP_ACT_NOTIFY");
}

function actionsOf({ syscalls }: OciSeccomp, name: string): string[] {
  return syscalls.filter(({ names }) => names.includes(name)).map(({ action }) => action);
}
