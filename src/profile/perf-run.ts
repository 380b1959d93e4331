/** One run of a program under perf's tracepoints; what they recorded is read afterwards. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { lastWords } from "../base/last-words.ts";
import { PerfReader } from "./perf-reader.ts";
import type { TraceRequest } from "./profile-request.ts";
import { RunningCommands, type RunsEnd } from "./run-commands.ts";
import type { TraceEvent } from "./traced-call.ts";
import { type WatchedEnd, WatchedProcess } from "./watched-process.ts";

const EVENTS = "raw_syscalls:sys_enter,raw_syscalls:sys_exit,sched:sched_switch";
/** About 8 million calls. */
const MAX_SIZE = "1G";
/** Pages of buffer a CPU: 4 MiB. With the default of 512 KiB, events are lost in bursts. */
const BUFFER_PAGES = "1024";
const FIELDS = "pid,tid,time,event,trace";
const READ_LIMIT_MS = 300_000;

export type PerfOutcome = {
  end: RunsEnd;
  /** Why the recording is of no use; `null` = it is whole. */
  trouble: string | null;
};

/** @param emit gets what the program did, in the order of time */
export async function runPerf(
  request: TraceRequest,
  emit: (event: TraceEvent) => void,
): Promise<PerfOutcome> {
  const { program, tracer, limitMs, abort, scratchDir } = request;
  const file = join(scratchDir, "perf.data");
  try {
    const record = ["record", "-q", "-B", "-N", "-m", BUFFER_PAGES, `--max-size=${MAX_SIZE}`, "-e", EVENTS];
    const end = await new RunningCommands({
      ...program,
      command: [...tracer, ...record, "-o", file, "--", ...program.command],
      ...{ repeat: 1, warmUp: 0, hasConstantTsc: false, limitMs, scratchDir, abort },
    }).ended;
    if (end.timedOut || abort.aborted) return { end, trouble: null };
    const reader = new PerfReader(emit);
    const show = ["script", "-i", file, "--ns", "-F", FIELDS, "--show-task-events", "--show-lost-events"];
    const read = await new WatchedProcess({
      argv: [...tracer, ...show],
      env: program.env,
      cwd: scratchDir,
      stdin: null,
      limitMs: READ_LIMIT_MS,
      abort,
      onLine: (line) => reader.line(line),
    }).ended;
    return { end, trouble: troubleOf(end, read, reader) };
  } finally {
    rmSync(file, { force: true });
  }
}

function troubleOf(end: RunsEnd, read: WatchedEnd, reader: PerfReader): string | null {
  const refusal = /^Error:\s*(.+)|.*(?:permission|not permitted|paranoid|unknown tracepoint).*/im;
  if (read.timedOut) return `its recording could not be read within ${READ_LIMIT_MS / 1000} s`;
  if (read.exitCode !== 0) {
    const [line, error] = refusal.exec(end.stderr) ?? [];
    const said = error ?? line ?? lastWords(read.stderr);
    return said?.trim() || "it recorded nothing";
  }
  if (/size limit reached/.test(end.stderr)) return `the recording grew beyond ${MAX_SIZE}`;
  if (reader.lost > 0) return `it lost ${reader.lost} events`;
  if (reader.garbage > 0) return `${reader.garbage} lines of its output could not be read`;
  return null;
}
