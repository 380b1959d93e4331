/**
 * What runsc makes of an OCI profile (`--oci-seccomp`), which is less than runc does.
 * After runsc/specutils/seccomp/seccomp.go of gVisor, release 20260905, and tried with it.
 */
import type { OciSeccomp } from "./oci-profile.ts";

/** All that `convertAction` knows; any other one fails the container's start. */
const SUPPORTED_ACTIONS: readonly string[] = [
  "SCMP_ACT_ALLOW",
  "SCMP_ACT_ERRNO",
  "SCMP_ACT_KILL",
  "SCMP_ACT_TRACE",
  "SCMP_ACT_TRAP",
];

const NATIVE_ARCHITECTURES: readonly string[] = ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"];

const EPERM = 1;

export type GvisorFindings = {
  /** The container would not start. */
  fatal: string[];
  /** It starts, but the filter means something else than under runc. */
  warnings: string[];
};

export function lintForGvisor(profile: OciSeccomp): GvisorFindings {
  const actions = [profile.defaultAction, ...profile.syscalls.map((entry) => entry.action)];
  const unsupported = [...new Set(actions)].filter((action) => !SUPPORTED_ACTIONS.includes(action));
  return {
    fatal: unsupported.map((action) => `runsc does not know ${action} and would not start the container`),
    warnings: [...errnoWarnings(profile), ...architectureWarnings(profile), ...flagWarnings(profile)],
  };
}

/** runsc returns EPERM for every ERRNO and TRACE. */
function errnoWarnings(profile: OciSeccomp): string[] {
  const returned = [
    errnoOf(profile.defaultAction, profile.defaultErrnoRet),
    ...profile.syscalls.map((entry) => errnoOf(entry.action, entry.errnoRet)),
  ];
  const other = [...new Set(returned)].filter((errno) => errno !== null && errno !== EPERM);
  if (other.length === 0) return [];
  return [`runsc ignores errnoRet and returns EPERM (1) instead of ${other.join(", ")}`];
}

function errnoOf(action: string, errnoRet: number | undefined): number | null {
  if (action !== "SCMP_ACT_ERRNO" && action !== "SCMP_ACT_TRACE") return null;
  return errnoRet ?? EPERM;
}

/** gVisor runs no 32-bit code, so it filters its own architecture only. */
function architectureWarnings(profile: OciSeccomp): string[] {
  const foreign = (profile.architectures ?? []).filter((name) => !NATIVE_ARCHITECTURES.includes(name));
  return foreign.length === 0 ? [] : [`runsc ignores architectures: ${foreign.join(", ")}`];
}

function flagWarnings(profile: OciSeccomp): string[] {
  const flags = (profile.flags ?? []).filter((flag) => flag !== "SECCOMP_FILTER_FLAG_TSYNC");
  return flags.length === 0 ? [] : [`runsc ignores flags: ${flags.join(", ")}`];
}
