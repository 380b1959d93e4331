/**
 * The text of `perf script -F pid,tid,time,event,trace --ns --show-task-events` over the tracepoints
 * raw_syscalls:sys_enter, raw_syscalls:sys_exit and sched:sched_switch, line by line, into what the program did.
 *
 * A tracepoint costs about a microsecond and stops nobody, so times, waits and the number of calls are close to
 * the undisturbed program's. It tells numbers only: which kind of object a descriptor is comes from strace.
 */
import { syscallName } from "./syscall-names.ts";
import { bytesOf, type TraceEvent } from "./traced-call.ts";

type Pending = { process: number; name: string; enterNs: number; length: number; sleptAtNs: number | null };

const LINE = /^\s*(-?\d+)\/(-?\d+)\s+(\d+)\.(\d{9}): +(.*)$/;
const ENTER = /^raw_syscalls:sys_enter: NR (-?\d+) \((\w+), (\w+)/;
const EXIT = /^raw_syscalls:sys_exit: NR (-?\d+) = (-?\d+)/;
const SWITCH = /^sched:sched_switch: .* prev_state=(\S+) ==>/;
const FORK = /^PERF_RECORD_FORK\((\d+):(\d+)\):\((\d+):(\d+)\)/;
/** TASK_INTERRUPTIBLE and TASK_UNINTERRUPTIBLE; R = preempted, Z and X = ended. */
const SLEEPS = /^[SD]/;
/** -4095 … -1 are error numbers; what is below is an address in the upper half. */
const LOWEST_ERROR = -4095;
/** ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND, ERESTART_RESTARTBLOCK: the kernel calls again, the program sees none. */
const RESTARTED = new Set([-512, -513, -514, -516]);
const EXECVE = 59;
const EXECVEAT = 322;

export class PerfReader {
  readonly #emit: (event: TraceEvent) => void;
  readonly #pending = new Map<number, Pending>();
  /** Of the first process; it has ended when none is left. */
  readonly #own = new Set<number>();
  #first: number | null = null;
  garbage = 0;
  lost = 0;

  constructor(emit: (event: TraceEvent) => void) {
    this.#emit = emit;
  }

  line(text: string): void {
    const found = LINE.exec(text);
    if (found === null) {
      if (text.trim() !== "") this.garbage += 1;
      return;
    }
    const atNs = Number(found[3]) * 1e9 + Number(found[4]);
    this.#event(Number(found[1]), Number(found[2]), atNs, found[5]!);
  }

  #event(process: number, thread: number, atNs: number, text: string): void {
    const enter = ENTER.exec(text);
    const exit = enter === null ? EXIT.exec(text) : null;
    if (enter !== null) this.#enter(process, thread, atNs, enter);
    else if (exit !== null) this.#exit(thread, atNs, Number(exit[1]), Number(exit[2]));
    else if (text.startsWith("sched:")) this.#switched(thread, atNs, SWITCH.exec(text)?.[1] ?? "");
    else if (text.startsWith("PERF_RECORD_FORK")) this.#forked(text);
    else if (text.startsWith("PERF_RECORD_EXIT")) this.#ended(thread, atNs);
    else if (text.startsWith("PERF_RECORD_LOST")) this.lost += Number(/lost (\d+)/.exec(text)?.[1] ?? 1);
  }

  #switched(thread: number, atNs: number, state: string): void {
    const pending = this.#pending.get(thread);
    if (pending !== undefined && SLEEPS.test(state)) pending.sleptAtNs ??= atNs;
  }

  #forked(text: string): void {
    const [, process, child, parent] = FORK.exec(text) ?? [];
    if (Number(process) === this.#first) this.#own.add(Number(child));
    this.#emit({ type: "start", thread: Number(child), isProcess: process !== parent });
  }

  #enter(process: number, thread: number, atNs: number, [, number, , second]: RegExpExecArray): void {
    const name = syscallName(Number(number));
    const length = name === "mmap" || name === "munmap" ? Number.parseInt(second!, 16) : 0;
    this.#pending.set(thread, { process, name, enterNs: atNs, length, sleptAtNs: null });
  }

  #exit(thread: number, atNs: number, number: number, returned: number): void {
    const pending = this.#pending.get(thread);
    if (pending === undefined) {
      if (number === EXECVE && returned === 0) this.#execed(thread, atNs);
      // A child begins with the return of its parent's fork.
      else this.#emit({ type: "resume", thread, atNs });
      return;
    }
    this.#pending.delete(thread);
    this.#call(thread, pending, atNs, returned);
    if ((number === EXECVE || number === EXECVEAT) && returned === 0) this.#emit({ type: "exec", thread });
  }

  /** An execve whose beginning is not in the trace, or stands there under another thread's number. */
  #execed(thread: number, atNs: number): void {
    const begun = [...this.#pending].find(
      ([, pending]) => pending.process === thread && pending.name === "execve",
    );
    if (begun !== undefined) {
      // All other threads are gone, and the one that called goes on as the first.
      this.#pending.delete(begun[0]);
      this.#own.delete(begun[0]);
      this.#emit({ type: "end", thread: begun[0], atNs });
    }
    if (this.#first === null || (begun !== undefined && this.#first === thread)) this.#own.add(thread);
    this.#first ??= thread;
    const call = { process: thread, name: "execve", enterNs: atNs, length: 0, sleptAtNs: null };
    this.#call(thread, begun?.[1] ?? call, atNs, 0);
    this.#emit({ type: "exec", thread });
  }

  #ended(thread: number, atNs: number): void {
    const pending = this.#pending.get(thread);
    this.#pending.delete(thread);
    if (pending !== undefined) this.#call(thread, pending, null, null);
    this.#emit({ type: "end", thread, atNs });
    if (this.#own.delete(thread) && this.#own.size === 0) this.#emit({ type: "program-end", end: null });
  }

  #call(thread: number, pending: Pending, exitNs: number | null, returned: number | null): void {
    const { name, enterNs, length, sleptAtNs } = pending;
    const failed = returned !== null && returned < 0 && returned >= LOWEST_ERROR && !RESTARTED.has(returned);
    this.#emit({
      type: "call",
      thread,
      name,
      target: "none",
      enterNs,
      exitNs,
      failed,
      bytes: bytesOf(name, returned !== null && returned < LOWEST_ERROR ? 0 : returned, length),
      sleptNs: sleptAtNs === null || exitNs === null ? 0 : exitNs - sleptAtNs,
    });
  }
}
