/** One run of a program under strace, read as it happens. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { closeSync, constants, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TraceRequest } from "./profile-request.ts";
import { RunningCommands, type RunsEnd } from "./run-commands.ts";
import { StraceReader } from "./strace-reader.ts";
import type { TraceEvent } from "./traced-call.ts";

/**
 * All calls are stopped at, so `--seccomp-bpf` would gain nothing. Contents of arguments are left out, but for
 * clone3's, whose flags tell a thread from a process. Signals stay in: strace hides a deadly one's line with them.
 */
const OPTIONS = [
  ...["-f", "-q", "-y", "-s", "0", "-e", "verbose=clone3"],
  ...["--absolute-timestamps=format:unix,precision:ns", "--syscall-times=ns"],
];
/** What the program leaves running is killed after it, as it is without a tracer. */
const LEFTOVERS_MS = 300;

/** @param emit gets what the program did, in the order of the trace */
export async function runStrace(request: TraceRequest, emit: (event: TraceEvent) => void): Promise<RunsEnd> {
  const { program, tracer, limitMs, abort, scratchDir } = request;
  const fifo = join(scratchDir, "trace.fifo");
  execFileSync("mkfifo", ["-m", "600", fifo]);
  // strace opens the file close-on-exec, so that the program sees no descriptor of ours.
  const trace = spawn("cat", [fifo], { stdio: ["ignore", "pipe", "ignore"] });
  try {
    const running = new RunningCommands({
      ...program,
      command: [...tracer, ...OPTIONS, "-o", fifo, "--", ...program.command],
      ...{ repeat: 1, warmUp: 0, hasConstantTsc: false, limitMs, scratchDir, abort },
    });
    let leftovers: NodeJS.Timeout | null = null;
    const reader = new StraceReader((event) => {
      emit(event);
      if (event.type === "program-end") leftovers = setTimeout(() => running.kill(), LEFTOVERS_MS);
    });
    const read = readLines(trace, (line) => reader.line(line));
    const end = await running.ended;
    if (leftovers !== null) clearTimeout(leftovers);
    releaseReader(fifo);
    await read;
    return end;
  } finally {
    trace.kill("SIGKILL");
    rmSync(fifo, { force: true });
  }
}

async function readLines(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  if (child.stdout === null) return;
  for await (const line of createInterface({ input: child.stdout })) onLine(line);
}

/** A strace that failed early never opened the pipe, and its reader would wait for it for ever. */
function releaseReader(fifo: string): void {
  try {
    closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch {
    // ENXIO: the reader has come to the end already.
  }
}
