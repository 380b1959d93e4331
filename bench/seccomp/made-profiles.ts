/** Thirty-odd profiles for lint: a good one, and each with one thing changed. */
import type { OciSeccomp, OciSyscall } from "../../src/sandbox/seccomp/oci-profile.ts";

export function madeProfiles(names: readonly string[]): Record<string, OciSeccomp> {
  const allow = (list: readonly string[]): OciSyscall => ({
    names: [...list],
    action: "SCMP_ACT_ALLOW",
    args: [],
  });
  const good: OciSeccomp = {
    defaultAction: "SCMP_ACT_ERRNO",
    defaultErrnoRet: 38,
    architectures: ["SCMP_ARCH_X86_64"],
    syscalls: [allow(names)],
  };
  const { defaultErrnoRet: _, ...plain } = good;
  const plus = (...entries: OciSyscall[]): OciSeccomp => ({
    ...good,
    syscalls: [...good.syscalls, ...entries],
  });
  const without = (name: string): OciSeccomp => ({
    ...good,
    syscalls: [allow(names.filter((one) => one !== name))],
  });
  const entry = (name: string, action: OciSyscall["action"], rest: Partial<OciSyscall> = {}): OciSyscall => ({
    ...{ names: [name], action, args: [] },
    ...rest,
  });
  const never = [{ index: 0, value: 12345, valueTwo: 0, op: "SCMP_CMP_EQ" as const }];
  const removed = [
    "execve",
    "mmap",
    "clone",
    "rt_sigaction",
    "rt_sigprocmask",
    "sigaltstack",
    "exit_group",
    "fstatfs",
    "getdents64",
    "rt_sigreturn",
  ];
  return {
    good,
    ...Object.fromEntries(removed.map((name) => [`without ${name}`, without(name)])),
    ...Object.fromEntries(
      ["mmap", "execve", "exit_group"].map((name) => [
        `without ${name}, kill`,
        { ...without(name), defaultAction: "SCMP_ACT_KILL" as const },
      ]),
    ),
    "default kill, with errno": { ...good, defaultAction: "SCMP_ACT_KILL" },
    "an entry kills, with errno": plus(entry("ptrace", "SCMP_ACT_KILL", { errnoRet: 1 })),
    "flag TSYNC": { ...good, flags: ["SECCOMP_FILTER_FLAG_TSYNC"] },
    "default kill": { ...plain, defaultAction: "SCMP_ACT_KILL" },
    "default kill process": { ...plain, defaultAction: "SCMP_ACT_KILL_PROCESS" },
    "default kill thread": { ...plain, defaultAction: "SCMP_ACT_KILL_THREAD" },
    "default trap": { ...plain, defaultAction: "SCMP_ACT_TRAP" },
    "default log": { ...plain, defaultAction: "SCMP_ACT_LOG" },
    "default allow": {
      ...plain,
      defaultAction: "SCMP_ACT_ALLOW",
      syscalls: [entry("ptrace", "SCMP_ACT_ERRNO")],
    },
    "default notify": { ...good, defaultAction: "SCMP_ACT_NOTIFY" },
    "an entry logs": plus(entry("ptrace", "SCMP_ACT_LOG")),
    "an entry kills the process": plus(entry("ptrace", "SCMP_ACT_KILL_PROCESS")),
    "an entry traces": plus(entry("ptrace", "SCMP_ACT_TRACE")),
    "write is notified": plus(entry("write", "SCMP_ACT_NOTIFY")),
    "an unknown name": plus(entry("mprotec", "SCMP_ACT_ALLOW")),
    "flag LOG": { ...good, flags: ["SECCOMP_FILTER_FLAG_LOG"] },
    "flag WAIT_KILLABLE_RECV": { ...good, flags: ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"] },
    "i386 and x32": { ...good, architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"] },
    "an architecture of others": { ...good, architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_LOONGARCH64"] },
    "mmap killed after it is allowed": plus(entry("mmap", "SCMP_ACT_KILL")),
    "mmap killed with a condition after it is allowed": plus(entry("mmap", "SCMP_ACT_KILL", { args: never })),
    "mmap allowed by a condition that never holds": {
      ...without("mmap"),
      syscalls: [...without("mmap").syscalls, entry("mmap", "SCMP_ACT_ALLOW", { args: never })],
    },
  };
}
