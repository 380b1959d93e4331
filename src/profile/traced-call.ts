/** What every tracer's reader turns its lines into: the same few events, whoever watched. */
import type { CallTarget } from "../samples/program-profile.ts";

/** A system call that has ended, or that its thread never came back from. */
export type TracedCall = {
  type: "call";
  thread: number;
  name: string;
  target: CallTarget;
  /** ns on the trace's own clock. */
  enterNs: number;
  /** `null`: it never returned (exit, or killed in it). */
  exitNs: number | null;
  failed: boolean;
  bytes: number;
  /** ns from its first sleep to its end; 0 = it did not sleep; `null` = the tracer can't tell. */
  sleptNs: number | null;
};

export type ProgramEnd = { exitCode: number | null; signal: string | null };

export type TraceEvent =
  | TracedCall
  /** A thread, or the first one of a process, exists from here on. */
  | { type: "start"; thread: number; isProcess: boolean }
  /** The thread runs in user space from here on, without having ended a call. */
  | { type: "resume"; thread: number; atNs: number }
  | { type: "end"; thread: number; atNs: number }
  /** A program was loaded. */
  | { type: "exec"; thread: number }
  /** A file of the host; its whole path, links followed. `isWritten`: it is written to, or made. */
  | { type: "opened"; path: string; isWritten: boolean }
  /** The program asked whether its input is a terminal, and it is none. */
  | { type: "no-terminal" }
  /** The first process has ended; `null` = the tracer does not see how. What follows is no part of the run. */
  | { type: "program-end"; end: ProgramEnd | null };

/** Their return value is a number of bytes. */
const MOVES_BYTES = new Set(
  (
    "read pread64 readv preadv preadv2 write pwrite64 writev pwritev pwritev2 recvfrom recvmsg sendto sendmsg " +
    "sendfile splice tee vmsplice copy_file_range"
  ).split(" "),
);

/**
 * @param returned `null` when it never did; negative when it failed
 * @param lengthArgument second argument of a map or unmap, bytes
 */
export function bytesOf(name: string, returned: number | null, lengthArgument: number): number {
  if (returned === null || returned < 0) return 0;
  if (name === "mmap" || name === "munmap") return lengthArgument;
  return MOVES_BYTES.has(name) ? returned : 0;
}

const ALWAYS_MAY_WAIT = new Set(
  (
    "futex futex_wait futex_waitv epoll_wait epoll_pwait epoll_pwait2 poll ppoll select pselect6 nanosleep " +
    "clock_nanosleep wait4 waitid accept accept4 connect recvfrom recvmsg recvmmsg sendto sendmsg sendmmsg flock " +
    "fsync fdatasync sync syncfs msync sync_file_range pause rt_sigtimedwait rt_sigsuspend msgrcv msgsnd semop " +
    "semtimedop mq_timedreceive mq_timedsend io_getevents io_pgetevents io_uring_enter restart_syscall vfork"
  ).split(" "),
);
const MAY_WAIT_ON_STREAM = new Set("read readv write writev splice tee sendfile fcntl ioctl".split(" "));
const STREAMS: ReadonlySet<CallTarget> = new Set(["pipe", "socket", "tty", "eventfd", "anon"]);

/** Whether a call may sleep for more than a page of a file to arrive. */
export function mayWait(name: string, target: CallTarget): boolean {
  return ALWAYS_MAY_WAIT.has(name) || (MAY_WAIT_ON_STREAM.has(name) && STREAMS.has(target));
}
