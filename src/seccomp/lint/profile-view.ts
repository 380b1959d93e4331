/** What a profile does with one call, as libseccomp compiles it: tried with 2.5.4. Pure. */
import type { OciSeccomp, OciSyscall } from "../../sandbox/seccomp/oci-profile.ts";

const PASSING: readonly string[] = ["SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY", "SCMP_ACT_TRACE"];
const ENOSYS = 38;
const EPERM = 1;

export type Answer = {
  action: OciSyscall["action"];
  /** Of ERRNO. */
  errno: number;
  /** Some calls pass, and others don't, by their arguments. */
  conditional: boolean;
};

/**
 * The first entry without conditions decides, wherever it stands: libseccomp drops the call's conditional entries and
 * the later ones for it. Without one, what no condition fits gets the default.
 */
export function answerTo(profile: OciSeccomp, name: string): Answer {
  const entries = profile.syscalls.filter(({ names }) => names.includes(name));
  const decides = entries.find(({ args }) => args.length === 0);
  if (decides !== undefined) {
    return { action: decides.action, errno: decides.errnoRet ?? EPERM, conditional: false };
  }
  return {
    action: profile.defaultAction,
    errno: profile.defaultErrnoRet ?? EPERM,
    conditional: entries.length > 0,
  };
}

/** Some of its calls pass, at least. */
export function mayPass(profile: OciSeccomp, name: string): boolean {
  const answer = answerTo(profile, name);
  if (PASSING.includes(answer.action)) return true;
  return (
    answer.conditional &&
    profile.syscalls.some((entry) => entry.names.includes(name) && PASSING.includes(entry.action))
  );
}

/** Denied as an old kernel does it, so that programs take their fallback. */
export function isEnosys({ action, errno }: Answer): boolean {
  return action === "SCMP_ACT_ERRNO" && errno === ENOSYS;
}

/** What is not listed passes: the profile is a list of what is denied. */
export function isDenyList({ defaultAction }: OciSeccomp): boolean {
  return PASSING.includes(defaultAction);
}
