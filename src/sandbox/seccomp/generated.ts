/**
 * The allow-list of a scenario: the system calls that it was seen to make, and those that it need not have made
 * while it was watched. Everything else answers ENOSYS, as from an older kernel, so that Go and libc take their
 * fallbacks (EPERM would make them give up).
 */
import type { OciSeccomp } from "./oci-profile.ts";

const ENOSYS = 38;

/**
 * What every Go program may do at any moment, seen or not: preemption, garbage collection and the netpoller
 * are a matter of timing. A trace alone misses some (60 traces of a hello-world never showed tgkill, getpid or
 * rt_sigreturn, and it dies without each of them).
 *
 * Source, Go 1.26.8 linux/amd64: runtime/sys_linux_amd64.s, internal/runtime/syscall/linux/defs_linux_amd64.go,
 * internal/runtime/cgroup, syscall/rlimit.go. Left out is what only a CPU profile (setitimer, timer_*), Android
 * (connect, socket) or tests (brk, faccessat, pipe2) use.
 */
const GO_RUNTIME: readonly string[] = [
  // threads and memory
  ...["arch_prctl", "clone", "exit", "exit_group", "futex", "gettid", "nanosleep", "sched_getaffinity"],
  ...["sched_yield", "madvise", "mincore", "mmap", "mprotect", "munmap", "prctl"],
  // preemption and signals
  ...["getpid", "kill", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "tgkill"],
  // netpoller
  ...["epoll_create1", "epoll_ctl", "epoll_pwait", "eventfd2"],
  // start-up: descriptors 0 to 2, huge page size, CPU limit of the cgroup, limit of open files
  ...["close", "fcntl", "openat", "pread64", "prlimit64", "read", "uname"],
  // a panic's message, and the vDSO's fallbacks
  ...["write", "clock_gettime", "getrandom"],
];

/** The kernel makes a program resume an interrupted sleep or futex with it; no binary contains the call. */
const KERNEL: readonly string[] = ["restart_syscall"];

/** The last step of every launcher. */
const LAUNCHER: readonly string[] = ["execve"];

/** runc 1.1.5 closes its files after it has loaded the filter: found by removing one call at a time. */
const RUNC: readonly string[] = ["fstatfs", "getdents64"];

const ORIGINS: readonly { origin: string; names: readonly string[] }[] = [
  { origin: "Go 1.26 runtime", names: GO_RUNTIME },
  { origin: "injected by the kernel", names: KERNEL },
  { origin: "launcher", names: LAUNCHER },
  { origin: "runc 1.1.5", names: RUNC },
];

/**
 * @param recorded names of the system calls that the scenario was seen to make
 * @returns a profile in which the `comment` of each entry says where its calls come from
 */
export function generateProfile(recorded: readonly string[]): OciSeccomp {
  const sources = [{ origin: "recorded", names: recorded }, ...ORIGINS];
  const names = [...new Set(sources.flatMap((source) => source.names))].sort();
  const byOrigin = Map.groupBy(names, (name) =>
    sources
      .filter((source) => source.names.includes(name))
      .map((source) => source.origin)
      .join(", "),
  );
  return {
    defaultAction: "SCMP_ACT_ERRNO",
    defaultErrnoRet: ENOSYS,
    architectures: ["SCMP_ARCH_X86_64"],
    syscalls: [...byOrigin].map(([comment, allowed]) => ({
      names: allowed,
      action: "SCMP_ACT_ALLOW",
      args: [],
      comment,
    })),
  };
}
