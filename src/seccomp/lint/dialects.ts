/** What each sandbox refuses of a profile, or takes otherwise than the specification. Pure. */
import { SANDBOX_FACTS } from "../../axes/sandbox.ts";
import { lintForGvisor } from "../../sandbox/seccomp/gvisor-dialect.ts";
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import { type FilterFacts, filterRefusal } from "../../sandbox/seccomp/refusals.ts";
import { LAUNCHERS, launcherCalls } from "../filter/base-calls.ts";
import type { Finding } from "./finding.ts";
import { mayPass } from "./profile-view.ts";

const CRUN = "crun";
const FIX = "Take it out, or choose another sandbox.";

export function dialectFindings(profile: OciSeccomp, facts: FilterFacts): Finding[] {
  return SANDBOX_FACTS.filter(({ name }) => LAUNCHERS.includes(name)).flatMap(({ name, isGVisor }) => {
    const refusal = filterRefusal(name, withNeeds(profile), facts);
    const refused: Finding[] =
      refusal === null
        ? []
        : [
            {
              rule: "refused",
              severity: severityOf(refusal, profile, name),
              sandboxes: [name],
              message: refusal,
              fix: FIX,
              at: placeOf(refusal),
            },
          ];
    return [
      ...refused,
      ...(isGVisor ? ignored(profile, name) : []),
      ...(name === CRUN ? strayErrno(profile) : []),
    ];
  });
}

/** crun 1.8 checks what other runtimes ignore (libcrun/seccomp.c). */
function strayErrno({ defaultAction, defaultErrnoRet, syscalls }: OciSeccomp): Finding[] {
  const answers = [
    { action: defaultAction, errno: defaultErrnoRet, key: "defaultErrnoRet" },
    ...syscalls.map(({ action, errnoRet }) => ({ action, errno: errnoRet, key: "errnoRet" })),
  ];
  const stray = answers.find(({ action, errno }) => errno !== undefined && !/_(ERRNO|TRACE)$/.test(action));
  if (stray === undefined) return [];
  return [
    {
      rule: "stray-errno",
      severity: "error",
      sandboxes: [CRUN],
      message: `${stray.key} stands beside ${stray.action}, which returns none: crun does not start`,
      fix: `Take ${stray.key} out.`,
      at: { text: stray.key, nth: 1 },
    },
  ];
}

function ignored(profile: OciSeccomp, sandbox: string): Finding[] {
  return lintForGvisor(profile).warnings.map((message) => ({
    rule: "ignored",
    severity: "warning",
    sandboxes: [sandbox],
    message,
    fix: "Expect no effect there.",
    at: placeOf(message),
  }));
}

/**
 * crun starts with flags that it does not know, and with notification that nobody answers: the call alone fails then.
 * Tried with 1.8.1.
 */
function severityOf(refusal: string, { defaultAction }: OciSeccomp, sandbox: string): Finding["severity"] {
  const isNotify = refusal.includes("SCMP_ACT_NOTIFY") && defaultAction !== "SCMP_ACT_NOTIFY";
  return sandbox === CRUN && (isNotify || refusal.includes("flag")) ? "warning" : "error";
}

/** Which calls are missing is another rule's to say, one by one: here only what is refused as a whole. */
function withNeeds(profile: OciSeccomp): OciSeccomp {
  const needed = [
    ...new Set([...LAUNCHERS.flatMap(launcherCalls), "mmap", "clone", "rt_sigaction", "write", "exit_group"]),
  ];
  const names = needed.filter((name) => !mayPass(profile, name));
  const without = profile.syscalls.map((entry) => ({
    ...entry,
    names: entry.names.filter((name) => !names.includes(name)),
  }));
  if (names.length === 0) return profile;
  return { ...profile, syscalls: [...without, { names, action: "SCMP_ACT_ALLOW", args: [] }] };
}

/** The word of the sentence that stands in the file. */
function placeOf(sentence: string): Finding["at"] {
  const word = /\b(SCMP_\w+|SECCOMP_FILTER_FLAG_\w+)\b/.exec(sentence)?.[1];
  const key = /errnoRet/.test(sentence) ? "defaultErrnoRet" : undefined;
  const text = word ?? key;
  return text === undefined ? undefined : { text, nth: 1 };
}
