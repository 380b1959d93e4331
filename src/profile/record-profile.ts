/** The profile of one program: undisturbed runs for the times, traced runs for what it does. */
import { PROFILE_SCHEMA, type ProgramProfile } from "../samples/program-profile.ts";
import type { Fingerprint } from "../samples/run-manifest.ts";
import { bareRuns } from "./bare-runs.ts";
import { callingStyleOf } from "./calling-style.ts";
import { chooseTracers, type Tracer, type Tracers } from "./choose-tracers.ts";
import { SEARCH_PATH } from "./locate-command.ts";
import { type MergedTrace, mergeTraces } from "./merge-traces.ts";
import type { ProfiledProgram } from "./profile-request.ts";
import { profileWarnings } from "./profile-warnings.ts";
import { inProgramFolder, type ProgramFolder, type ProgramPlace } from "./program-folder.ts";
import { capWaits, splitTargets } from "./split-targets.ts";
import { askedForTerminal, PerfUnusable, traceOnce } from "./trace-once.ts";
import type { OpenedFiles, TraceTotals } from "./trace-totals.ts";

export type ProfileInput = ProgramPlace & {
  /** Undisturbed runs; one more before them is not counted. */
  runs: number;
  tracedRuns: number;
  /** Of one undisturbed run, and of one traced run. */
  limitMs: number;
  tracedLimitMs: number;
  /** `strace` leaves perf alone even where it works. */
  tracer: "auto" | "strace";
  host: {
    fingerprint: Fingerprint;
    toolVersion: string;
    hasConstantTsc: boolean;
    /** Paths; `null` = not installed. */
    strace: string | null;
    perf: string | null;
  };
  abort: AbortSignal;
  onProgress: (message: string) => void;
};

type Traced = MergedTrace & {
  /** strace's run beside perf's. */
  seen: TraceTotals | null;
  /** That were used in the end. */
  tracers: Tracers;
};

/**
 * Runs the program natively `runs + 1 + tracedRuns` times and more; nothing of it is left afterwards.
 *
 * @throws SbxError (exit code 2) for a program that can't be started, fails, crashes, needs a terminal or does
 *   not end within its limit; (4) where strace is missing or may not trace
 */
export async function recordProfile(input: ProfileInput): Promise<ProgramProfile> {
  const recordedAt = new Date().toISOString();
  return inProgramFolder(input, (folder) => profileIn(folder, input, recordedAt));
}

async function profileIn(
  { program, scratchDir, workDir }: ProgramFolder,
  input: ProfileInput,
  recordedAt: string,
): Promise<ProgramProfile> {
  const { abort, onProgress, host } = input;
  onProgress(`${input.runs + 1} runs without a tracer …`);
  const { bare, warnings } = await bareRuns({
    program,
    runs: input.runs,
    limitMs: input.limitMs,
    scratchDir: workDir,
    hasConstantTsc: host.hasConstantTsc,
    abort,
    asksForTerminal: () => askedForTerminal(program, host.strace, input.limitMs, scratchDir, abort),
  });
  onProgress("what the tracer itself costs …");
  const perf = input.tracer === "strace" ? "unwanted" : host.perf;
  const tracers = await chooseTracers({ strace: host.strace, perf }, scratchDir, abort);
  const traced = await traceAll(input, program, tracers, scratchDir, bare.voluntarySwitches);
  const cpuNs = bare.userNs + bare.systemNs;
  return {
    schema: PROFILE_SCHEMA,
    command: [...input.command],
    callingStyle: callingStyleOf(input.command[0], program.env.PATH ?? SEARCH_PATH),
    recordedAt,
    toolVersion: host.toolVersion,
    fingerprint: host.fingerprint,
    tracer: traced.tracers.counter.kind,
    tracerCost: traced.tracers.counter.cost,
    tracedRuns: input.tracedRuns,
    bare,
    processes: traced.processes,
    execs: traced.execs,
    threads: traced.threads,
    calls: traced.calls
      .map((call) => ({ ...call, timeNs: Math.round(call.timeNs), waitNs: Math.round(call.waitNs) }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    gaps: [...traced.gaps].sort(([a], [b]) => a - b),
    mappedBytes: traced.mappedBytes,
    files: filesOutside(scratchDir, (traced.seen ?? traced).files),
    parallelism: bare.wallNs > 0 ? cpuNs / bare.wallNs : 0,
    slowdownByTracing: bare.wallNs > 0 ? traced.wallNs / bare.wallNs : 0,
    warnings: [...warnings, ...profileWarnings(bare, traced.tracers, traced)],
  };
}

async function traceAll(
  input: ProfileInput,
  program: ProfiledProgram,
  tracers: Tracers,
  scratchDir: string,
  voluntarySwitches: number,
): Promise<Traced> {
  const { counter, strace } = tracers;
  const once = (tracer: Tracer) =>
    traceOnce(tracer.kind, {
      program,
      tracer: tracer.command,
      cost: tracer.cost,
      limitMs: input.tracedLimitMs,
      scratchDir,
      abort: input.abort,
    });
  const traces: TraceTotals[] = [];
  try {
    for (let run = 1; run <= input.tracedRuns; run++) {
      input.onProgress(`run ${run} of ${input.tracedRuns} under ${counter.kind} …`);
      traces.push(await once(counter));
    }
  } catch (error) {
    if (!(error instanceof PerfUnusable)) throw error;
    const instead = {
      counter: strace,
      strace,
      withoutPerf: `perf's recording is of no use: ${error.message}`,
    };
    return traceAll(input, program, instead, scratchDir, voluntarySwitches);
  }
  const merged = mergeTraces(traces);
  if (counter.kind === "strace") {
    return { ...merged, calls: capWaits(merged.calls, voluntarySwitches), seen: null, tracers };
  }
  input.onProgress("one run under strace, for what the calls are made on …");
  const seen = await once(strace);
  return { ...merged, calls: splitTargets(merged.calls, seen.calls), seen, tracers };
}

/** Its own folders are the sandbox's, too. */
function filesOutside(scratchDir: string, { read, written }: OpenedFiles): ProgramProfile["files"] {
  const outside = (files: ReadonlySet<string>) =>
    [...files].filter((path) => !path.startsWith(scratchDir)).sort();
  return { read: outside(read), written: outside(written) };
}
