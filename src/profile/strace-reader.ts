/** A strace trace, line by line, into what the program did. */

import { openedFile } from "./opened-file.ts";
import { parseStraceLine, type StraceLine, type StraceResult } from "./strace-line.ts";
import { StraceTargets } from "./strace-target.ts";
import { bytesOf, type TraceEvent } from "./traced-call.ts";

type Pending = { name: string; args: string; time: string };

const MAKES_A_PROCESS = new Set(["fork", "vfork", "clone", "clone3"]);
/** The kernel's own codes for "call me again"; the program never sees them (include/linux/errno.h). */
const RESTARTED = /^ERESTART/;

export class StraceReader {
  readonly #emit: (event: TraceEvent) => void;
  readonly #targets = new StraceTargets();
  readonly #pending = new Map<number, Pending>();
  #first: number | null = null;
  #originSeconds: number | null = null;
  /** Lines that are none of strace's. */
  garbage = 0;
  /** ns on the trace's clock of the last line. */
  lastNs = 0;

  constructor(emit: (event: TraceEvent) => void) {
    this.#emit = emit;
  }

  line(text: string): void {
    const line = parseStraceLine(text);
    if (line.kind === "garbage") {
      this.garbage += 1;
      return;
    }
    this.#first ??= line.thread;
    if ("time" in line) this.lastNs = this.#nsOf(line.time);
    if (line.kind === "call") this.#call(line.thread, line, line.result);
    else if (line.kind === "unfinished") this.#pending.set(line.thread, line);
    else if (line.kind === "resumed") this.#resumed(line);
    else if (line.kind === "exited") this.#ended(line.thread, { exitCode: line.exitCode, signal: null });
    else if (line.kind === "killed") this.#ended(line.thread, { exitCode: null, signal: line.signal });
    else if (line.kind === "superseded") this.#superseded(line.thread, line.by);
  }

  #resumed(line: Extract<StraceLine, { kind: "resumed" }>): void {
    const begun = this.#pending.get(line.thread);
    // A thread that was attached to in the middle of a call; its beginning was never seen.
    if (begun === undefined) return;
    this.#pending.delete(line.thread);
    this.#call(line.thread, { ...begun, args: begun.args + line.args }, line.result);
  }

  #call(thread: number, { name, args, time }: Pending, result: StraceResult | null): void {
    const enterNs = this.#nsOf(time);
    const returned = result?.returned ?? null;
    const failed = result?.error != null && !RESTARTED.test(result.error);
    const inside = result?.insideNs ?? null;
    this.#emit({
      type: "call",
      thread,
      name,
      target: this.#targets.targetOf(name, args, result),
      enterNs,
      exitNs: inside === null ? null : enterNs + inside,
      failed,
      bytes: bytesOf(name, returned, Number(/, (\d+)/.exec(args)?.[1] ?? 0)),
      sleptNs: null,
    });
    if (result === null) return;
    const opened = openedFile(name, args, result);
    if (opened !== null) this.#emit({ type: "opened", ...opened });
    if (isAboutTerminal(name, args, result)) this.#emit({ type: "no-terminal" });
    if ((name === "execve" || name === "execveat") && returned === 0) this.#emit({ type: "exec", thread });
    if (MAKES_A_PROCESS.has(name) && returned !== null && returned > 0) {
      this.#emit({ type: "start", thread: returned, isProcess: !args.includes("CLONE_THREAD") });
    }
  }

  #ended(thread: number, end: { exitCode: number | null; signal: string | null }): void {
    const begun = this.#pending.get(thread);
    if (begun !== undefined) {
      this.#pending.delete(thread);
      this.#call(thread, begun, null);
    }
    this.#emit({ type: "end", thread, atNs: this.lastNs });
    if (thread === this.#first) this.#emit({ type: "program-end", end });
  }

  /** The first thread's number lives on, in the body of the one that called `execve`. */
  #superseded(thread: number, by: number): void {
    const begun = this.#pending.get(by);
    this.#pending.delete(by);
    if (begun !== undefined) this.#pending.set(thread, begun);
    this.#emit({ type: "end", thread: by, atNs: this.lastNs });
  }

  /** Since the start of the first line's second: whole times in ns do not fit a number. */
  #nsOf(time: string): number {
    const [seconds = "0", fraction = "0"] = time.split(".");
    this.#originSeconds ??= Number(seconds);
    return (Number(seconds) - this.#originSeconds) * 1e9 + Number(fraction.padEnd(9, "0"));
  }
}

function isAboutTerminal(name: string, args: string, result: StraceResult): boolean {
  if (name === "ioctl") return result.error === "ENOTTY" && /^0<[^>]*>.*\bTCGETS/.test(args);
  return result.error === "ENXIO" && args.includes('"/dev/tty"');
}
