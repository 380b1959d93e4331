/** Calls that stand in no code of the program. Pure. */
import { factsOf, SANDBOX_FACTS } from "../../axes/sandbox.ts";

const TAKERS = SANDBOX_FACTS.filter(({ filter }) => filter !== null);

/** What starts the program under the filter. */
export const LAUNCHERS: readonly string[] = TAKERS.map(({ name }) => name);

/** What it still calls after it has loaded the filter. */
export function launcherCalls(launcher: string): readonly string[] {
  return factsOf({ sandbox: launcher }).callsUnderFilter ?? ["execve"];
}

/** The kernel sets the program to them: after a signal, and after an interrupted sleep (signal(7)). */
export const KERNEL_INJECTED = ["restart_syscall", "rt_sigreturn"];

/**
 * What glibc 2.36 and its loader call at the start of a dynamic program, when it starts threads, and when they end.
 * Sources: strace of dynamic Go programs with cgo, nptl/allocatestack.c, nptl/pthread_create.c, malloc/arena.c.
 */
export const GLIBC_CALLS = [
  ...["access", "arch_prctl", "brk", "clone", "clone3", "close", "exit", "exit_group", "fstat", "futex"],
  ...[
    "getrandom",
    "gettid",
    "ioctl",
    "lseek",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "newfstatat",
  ],
  ...["openat", "pread64", "prlimit64", "read", "readlink", "rseq", "rt_sigaction", "rt_sigprocmask"],
  ...[
    "rt_sigreturn",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
  ],
  ...["tgkill", "write", "writev"],
];
