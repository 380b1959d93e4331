/** System calls as the model sees them: which terms one call of a kind meets. */
import type { CallingStyle, CallProfile, CallTarget } from "../samples/program-profile.ts";
import type { Demand, TermName } from "./terms.ts";

/** Calls that enter and leave, and do next to nothing inside. */
const TRIVIAL = words(`
  getpid gettid getppid getuid geteuid getgid getegid getpgrp getpgid getsid getgroups setpgid setsid umask
  clock_gettime clock_getres gettimeofday time times getrusage getcpu sched_yield sched_getaffinity sched_setaffinity
  sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority setpriority
  rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack rt_sigpending tgkill tkill kill alarm setitimer getitimer
  timer_create timer_settime timer_delete timer_gettime restart_syscall nanosleep
  arch_prctl prctl set_tid_address set_robust_list get_robust_list rseq membarrier getrandom uname sysinfo
  prlimit64 getrlimit setrlimit capget capset personality
  fcntl ioctl lseek dup dup2 dup3 pipe pipe2 eventfd eventfd2 epoll_create epoll_create1 epoll_ctl timerfd_create
  timerfd_settime timerfd_gettime signalfd4 inotify_init1 inotify_add_watch close close_range fstat fstatfs fadvise64
  flock socket bind listen getsockname getpeername getsockopt setsockopt shutdown socketpair getcwd chdir fchdir mmap brk msync mlock munlock
  futex exit exit_group wait4 waitid memfd_create mincore madvise getxattr lgetxattr fgetxattr pidfd_open
  pidfd_send_signal`);
const READ_WRITE = words(
  `read write pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2 copy_file_range`,
);
const MESSAGES = words(
  `send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg connect accept accept4 sendfile splice`,
);
const OPENS = words(`open openat openat2 creat`);
const LOOKUPS = words(
  `stat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat statfs utimensat`,
);
const LISTS = words(`getdents getdents64`);
const MUTATIONS = words(`
  unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat chmod fchmod fchmodat
  chown fchown fchownat lchown truncate ftruncate fallocate fsync fdatasync sync_file_range sync syncfs mknod mknodat`);
/** A map alone is lazy in Linux and in gVisor; its pages cost when they are touched, and when they go. */
const UNMAPS = words(`munmap mprotect mremap`);
const POLLS = words(`poll ppoll select pselect6 epoll_wait epoll_pwait epoll_pwait2`);
/** glibc sleeps by clock_nanosleep alone; see `isBeside`. */
const SLEEPS = words(`clock_nanosleep`);
/** Their cost is that of the process and of the program executed in it, which the profile counts. */
const PROCESSES = words(`execve execveat fork vfork`);

/**
 * What one call of this kind meets beside its trap; `null` where the model does not know the call.
 *
 * Bytes are left to the caller: they are a sum over all calls.
 */
export function termsOfCall({ name, target }: Pick<CallProfile, "name" | "target">): Demand | null {
  if (LISTS.has(name)) return { list: 1 };
  if (OPENS.has(name)) return { open: 1 };
  if (LOOKUPS.has(name)) return { lookup: 1 };
  if (MUTATIONS.has(name)) return { mutate: 1 };
  if (UNMAPS.has(name)) return { unmap: 1 };
  if (POLLS.has(name)) return { poll: 1 };
  if (SLEEPS.has(name)) return { timer: 1 };
  if (MESSAGES.has(name)) return { message: 1 };
  if (READ_WRITE.has(name)) return ofTarget(target);
  if (TRIVIAL.has(name) || PROCESSES.has(name)) return {};
  // clone3 and clone make threads, whose cost no operation measures, or processes, which count by their execve.
  if (name === "clone" || name === "clone3") return {};
  return null;
}

function ofTarget(target: CallTarget): Demand {
  switch (target) {
    case "file":
    case "dir":
      return { "file-io": 1 };
    case "socket":
      return { message: 1 };
    default:
      return { "memory-io": 1 };
  }
}

/** The term that a call's bytes belong to; `null` where moving them is no work (maps). */
export function byteTerm({ name, target }: Pick<CallProfile, "name" | "target">): TermName | null {
  if (MESSAGES.has(name) || (READ_WRITE.has(name) && target === "socket")) return "net-byte";
  return READ_WRITE.has(name) ? "byte" : null;
}

/**
 * Calls that Go makes from stubs of its own, with the number as an immediate: systrap patches these. All others
 * go through Syscall6, where the number comes from a register (runtime/sys_linux_amd64.s and
 * internal/runtime/syscall/linux/asm_linux_amd64.s).
 */
const GO_STUBS = words(`
  futex mmap munmap madvise nanosleep sched_yield rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack tgkill gettid
  getpid clone exit exit_group mincore sched_getaffinity arch_prctl setitimer timer_create timer_settime timer_delete`);

/**
 * Calls that go on beside the program's own work: Go's runtime sleeps by nanosleep in its monitor thread and while it
 * waits for a lock (runtime.usleep), and glibc makes that call no more. That they end late holds up nobody: counted as
 * sleeps of the program, they made predictions worse (docs/benchmarks.md).
 */
export function isBeside(name: string): boolean {
  return name === "nanosleep";
}

/** In glibc most wrappers load the number as an immediate; read is `xor %eax,%eax`, which is no match. */
const UNPATCHABLE_IN_LIBC = words(`read`);

/** Whether systrap can patch the instruction by which the call is made (gVisor pkg/sentry/platform/systrap/usertrap). */
export function isPatchable(name: string, style: CallingStyle): boolean {
  return style === "go" ? GO_STUBS.has(name) : !UNPATCHABLE_IN_LIBC.has(name);
}

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}
