import { SbxError } from "../base/errors.ts";
import { runPerf } from "./perf-run.ts";
import type { ProfiledProgram, TraceRequest } from "./profile-request.ts";
import { neverEnds, stoppedByUser } from "./refusals.ts";
import { runStrace } from "./strace-run.ts";
import { TraceAccumulator, type TraceTotals } from "./trace-totals.ts";

export type TracerKind = "strace" | "perf";

/** The program ran well, but what perf recorded of it is not whole. */
export class PerfUnusable extends Error {}

/**
 * One run under a tracer, added up.
 *
 * @throws PerfUnusable, and SbxError when it does not end within its limit, or does not end as it does without a tracer
 */
export async function traceOnce(kind: TracerKind, request: TraceRequest): Promise<TraceTotals> {
  const { program, limitMs, cost, abort } = request;
  const trace = new TraceAccumulator(cost);
  const perf = kind === "perf" ? await runPerf(request, (event) => trace.add(event)) : null;
  const end = perf?.end ?? (await runStrace(request, (event) => trace.add(event)));
  if (abort.aborted) throw stoppedByUser();
  const totals = trace.totals();
  // Of a trace that has the program's end in it, strace alone may have gone on with what the program left behind.
  if (end.timedOut && !totals.isWhole) throw neverEnds(program.command[0], limitMs, ` under ${kind}`);
  if (perf !== null && perf.trouble !== null) throw new PerfUnusable(perf.trouble);
  if (!totals.isWhole) throw unlike(program, kind, end.failure ?? "its trace breaks off");
  // What the program leaves running is killed under strace, and the runner with it: the trace alone tells then.
  const isAsBare = totals.end === null ? end.failure === null : totals.end.exitCode === program.expectExit;
  if (isAsBare) return totals;
  const how = totals.end === null ? end.failure : (totals.end.signal ?? `exit code ${totals.end.exitCode}`);
  throw unlike(
    program,
    kind,
    `It ended with ${how}; without a tracer it ends with exit code ${program.expectExit}.`,
  );
}

/** Whether a program that fails without a word had looked for a terminal. */
export async function askedForTerminal(
  program: ProfiledProgram,
  strace: string | null,
  limitMs: number,
  scratchDir: string,
  abort: AbortSignal,
): Promise<boolean> {
  if (strace === null) return false;
  const cost = { insideNs: 0, betweenNs: 0 };
  const trace = new TraceAccumulator(cost);
  await runStrace({ program, tracer: [strace], cost, limitMs, scratchDir, abort }, (event) =>
    trace.add(event),
  );
  return trace.totals().askedForTerminal;
}

function unlike(program: ProfiledProgram, kind: TracerKind, why: string): SbxError {
  return new SbxError({
    what: `${program.command[0]} could not be traced with ${kind}`,
    why,
    fix:
      kind === "perf"
        ? "Profile it with --tracer strace."
        : "Programs that trace others, or check their own speed, do not run under strace: profile a part of it.",
    exitCode: 4,
  });
}
