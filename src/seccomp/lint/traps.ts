/** What does not do what it seems to. Pure. */
import type { OciSeccomp } from "../../sandbox/seccomp/oci-profile.ts";
import type { Finding } from "./finding.ts";
import { answerTo, isDenyList, isEnosys, mayPass } from "./profile-view.ts";

export function trapFindings(profile: OciSeccomp): Finding[] {
  return [
    ...clone3(profile),
    ...errno(profile),
    ...shadowed(profile),
    ...ioUring(profile),
    ...otherGates(profile),
    ...denyList(profile),
  ];
}

/** glibc 2.34 tries clone3 first and takes clone only where that is ENOSYS (snapd#10845). */
function clone3(profile: OciSeccomp): Finding[] {
  const answer = answerTo(profile, "clone3");
  if (mayPass(profile, "clone3") || isEnosys(answer)) return [];
  const how = answer.action === "SCMP_ACT_ERRNO" ? `errno ${answer.errno}` : answer.action;
  return [
    {
      rule: "clone3-errno",
      severity: "warning",
      sandboxes: [],
      message: `clone3 is answered with ${how}: programs with glibc 2.34 or newer start no thread, as they fall back to clone only at ENOSYS (38)`,
      fix: 'Add an entry for clone3 with "action": "SCMP_ACT_ERRNO" and "errnoRet": 38, or allow it.',
      at: { text: "clone3", nth: 1 },
    },
  ];
}

function errno({ defaultAction, defaultErrnoRet }: OciSeccomp): Finding[] {
  if (defaultAction !== "SCMP_ACT_ERRNO" || (defaultErrnoRet ?? 1) !== 1) return [];
  return [
    {
      rule: "default-eperm",
      severity: "note",
      sandboxes: [],
      message:
        "Calls that are not listed get EPERM: programs take a new call for forbidden instead of missing, and give up",
      fix: 'Set "defaultErrnoRet": 38 (ENOSYS).',
      at: { text: "defaultAction", nth: 1 },
    },
  ];
}

/** An entry without conditions decides alone: libseccomp drops every other one of the call (tried with 2.5.4). */
function shadowed({ syscalls }: OciSeccomp): Finding[] {
  const findings: Finding[] = [];
  for (const name of new Set(syscalls.flatMap((entry) => entry.names))) {
    const entries = syscalls.filter(({ names }) => names.includes(name));
    const decides = entries.findIndex(({ args }) => args.length === 0);
    if (decides === -1) continue;
    entries.forEach((entry, index) => {
      const same = entry.action === entries[decides]?.action && entry.args.length === 0;
      if (index === decides || same) return;
      findings.push({
        rule: "shadowed-entry",
        severity: "warning",
        sandboxes: [],
        message: `The entry "${entry.action}" for ${name} has no effect: another one without conditions says ${entries[decides]?.action}, and decides alone`,
        fix: "Take one of them out.",
        at: { text: name, nth: index + 1 },
      });
    });
  }
  return findings;
}

const BY_RING = ["openat", "connect", "socket", "sendmsg", "recvmsg", "unlinkat", "renameat", "splice"];

/** The ring's operations are not system calls, so that no filter sees them (io_uring(7)). */
function ioUring(profile: OciSeccomp): Finding[] {
  if (!mayPass(profile, "io_uring_setup") || !mayPass(profile, "io_uring_enter")) return [];
  const around = BY_RING.filter((name) => !mayPass(profile, name));
  if (around.length === 0) return [];
  return [
    {
      rule: "io-uring-around",
      severity: "warning",
      sandboxes: [],
      message: `io_uring is allowed, and does without a system call what is denied here: ${around.join(", ")}`,
      fix: "Deny io_uring_setup.",
      at: { text: "io_uring_setup", nth: 1 },
    },
  ];
}

/** Other tables of calls than the one of x86-64: more of the kernel is open than the program needs. */
function otherGates({ architectures }: OciSeccomp): Finding[] {
  const open = (architectures ?? []).filter((name) => /^SCMP_ARCH_(X86|X32)$/.test(name));
  return open.map((name) => ({
    rule: "other-abi",
    severity: "note",
    sandboxes: [],
    message: `${name} opens a second table of system calls, which a Go program for x86-64 does not use`,
    fix: `Take ${name} out of architectures.`,
    at: { text: name, nth: 1 },
  }));
}

function denyList(profile: OciSeccomp): Finding[] {
  if (!isDenyList(profile)) return [];
  return [
    {
      rule: "deny-list",
      severity: "warning",
      sandboxes: [],
      message: `The default is ${profile.defaultAction}: every call that is not listed passes, and each new kernel brings some`,
      fix: "List what the program needs instead: sbx-bench seccomp generate PROGRAM.",
      at: { text: "defaultAction", nth: 1 },
    },
  ];
}
