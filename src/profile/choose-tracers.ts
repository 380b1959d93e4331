/** Which tracers work on this host, tried with a program whose calls are known, and what each adds to a call. */
import { existsSync, readFileSync } from "node:fs";
import type { TracerCost } from "../samples/program-profile.ts";
import { buildGetpid } from "../workload/programs.ts";
import { findProgram, SEARCH_PATH } from "./locate-command.ts";
import { straceOnOneCpu } from "./one-cpu.ts";
import { runPerf } from "./perf-run.ts";
import type { TraceRequest } from "./profile-request.ts";
import { stoppedByUser, straceMissing, straceRefused } from "./refusals.ts";
import { runStrace } from "./strace-run.ts";
import type { TracerKind } from "./trace-once.ts";
import { COST_CALLS, CostMeter, getpidProgram, nativeGetpidNs } from "./tracer-cost.ts";

export type Tracer = { kind: TracerKind; command: TraceRequest["tracer"]; cost: TracerCost };

export type Tracers = {
  /** Counts and times calls. */
  counter: Tracer;
  /** Tells what they are made on; the same one where perf does not work. */
  strace: Tracer;
  /** Why `counter` is not perf; `null` = it is. */
  withoutPerf: string | null;
};

const TRIAL_LIMIT_MS = 30_000;
const PTRACE_SCOPE = "/proc/sys/kernel/yama/ptrace_scope";

/** Their paths; `null` = not installed. */
export type Installed = { strace: string | null; perf: string | "unwanted" | null };

/** About 3 s. @throws SbxError (exit code 4) when strace is missing or may not trace */
export async function chooseTracers(
  installed: Installed,
  scratchDir: string,
  abort: AbortSignal,
): Promise<Tracers> {
  if (installed.strace === null) throw straceMissing();
  const binary = await buildGetpid();
  const nativeNs = (await nativeGetpidNs(binary, scratchDir, abort)) ?? 0;
  const request = (tracer: TraceRequest["tracer"]): TraceRequest => ({
    program: getpidProgram(binary, COST_CALLS, scratchDir),
    tracer,
    cost: { insideNs: 0, betweenNs: 0 },
    limitMs: TRIAL_LIMIT_MS,
    scratchDir,
    abort,
  });
  const strace = await tryStrace(installed.strace, request, nativeNs, abort);
  const perf = await tryPerf(installed.perf, request, nativeNs);
  return typeof perf === "string"
    ? { counter: strace, strace, withoutPerf: perf }
    : { counter: perf, strace, withoutPerf: null };
}

/** On one CPU where that is possible: an old strace can't answer for the kernel, and taskset may be missing. */
async function tryStrace(
  path: string,
  request: (tracer: TraceRequest["tracer"]) => TraceRequest,
  nativeNs: number,
  abort: AbortSignal,
): Promise<Tracer> {
  const taskset = findProgram("taskset", SEARCH_PATH);
  const allowed = /^Cpus_allowed:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const commands: TraceRequest["tracer"][] = [[path]];
  if (taskset !== null && allowed !== undefined) commands.unshift(straceOnOneCpu(path, taskset, allowed));
  let said = "it saw no calls";
  for (const command of commands) {
    const meter = new CostMeter();
    const end = await runStrace(request(command), (event) => meter.add(event));
    const cost = meter.cost(nativeNs);
    if (abort.aborted) throw stoppedByUser();
    if (cost !== null) return { kind: "strace", command, cost };
    said = end.stderr.split("\n").find((line) => /strace|ptrace/.test(line)) ?? end.failure ?? said;
  }
  const scope = existsSync(PTRACE_SCOPE) ? readFileSync(PTRACE_SCOPE, "utf8").trim() : null;
  throw straceRefused(said, scope);
}

/** @returns the tracer, or why it is of no use here */
async function tryPerf(
  path: Installed["perf"],
  request: (tracer: TraceRequest["tracer"]) => TraceRequest,
  nativeNs: number,
): Promise<Tracer | string> {
  if (path === "unwanted") return "it was asked for";
  // The tracepoints belong to the first user namespace; a plain user's programs run in another.
  if (process.getuid?.() !== 0) return "only root may use perf's tracepoints";
  if (path === null) return "perf is not installed (apt-get install linux-perf)";
  const meter = new CostMeter();
  const { end, trouble } = await runPerf(request([path]), (event) => meter.add(event));
  if (end.timedOut) return `perf did not end within ${TRIAL_LIMIT_MS / 1000} s`;
  if (trouble !== null) return `perf can't be used here: ${trouble}`;
  const cost = meter.cost(nativeNs);
  return cost === null
    ? "perf did not see the calls of a known program"
    : { kind: "perf", command: [path], cost };
}
