/** Watches a program with strace and notes which system calls it makes. */
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SbxError } from "../../errors.ts";

export type RecordRequest = {
  /** Absolute path and arguments. */
  program: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** strace slows system calls down about a hundredfold: use small parameters. */
  timeoutMs: number;
};

export type Recording = {
  /** Names of the system calls seen, sorted. */
  syscalls: string[];
  /** Numbers (`0x1d3`) that this strace is too old to name; they are not in `syscalls`. */
  unnamed: string[];
};

/**
 * Runs the program to its end under strace, with all its threads and children; its output is dropped.
 * @throws SbxError (exit code 4) when strace is missing, the program fails, or the time limit passes
 */
export async function recordScenario(request: RecordRequest): Promise<Recording> {
  const dir = await mkdtemp(join(tmpdir(), "sbx-bench-record-"));
  try {
    const traceFile = join(dir, "trace");
    await runStrace(request, traceFile);
    return await readTrace(traceFile);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function runStrace(request: RecordRequest, traceFile: string): Promise<void> {
  // Without arguments' contents and signals: only names are wanted, and traces grow large.
  const options = ["-f", "-qqq", "-s", "0", "-e", "verbose=none", "-e", "signal=none", "-o", traceFile];
  const child = spawn("strace", [...options, "--", ...request.program], {
    cwd: request.cwd,
    env: { ...request.env, PATH: request.env.PATH ?? process.env.PATH },
    stdio: ["ignore", "ignore", "pipe"],
    // Its own process group: a killed strace lets go of the program, so both are killed together.
    detached: true,
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child.pid);
  }, request.timeoutMs);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-2000);
  });
  try {
    const outcome = await new Promise<string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(signal ?? String(code)));
    });
    if (timedOut) throw failure(request, `it took longer than ${request.timeoutMs} ms under strace`);
    if (outcome !== "0") throw failure(request, `it ended with ${outcome}: ${stderr.trim()}`);
  } catch (cause) {
    throw isNotFound(cause) ? straceMissing(cause) : cause;
  } finally {
    clearTimeout(timer);
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself in the meantime.
  }
}

/** A line is `PID name(...`, or `PID <... name resumed>`, whose beginning was read before. */
async function readTrace(traceFile: string): Promise<Recording> {
  const seen = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(traceFile) })) {
    const name = /^(?:\d+\s+)?(\w+)\(/.exec(line)?.[1];
    if (name !== undefined) seen.add(name);
  }
  const names = [...seen].sort();
  const number = /^syscall_(0x[0-9a-f]+)$/;
  return {
    syscalls: names.filter((name) => !number.test(name)),
    unnamed: names.flatMap((name) => number.exec(name)?.[1] ?? []),
  };
}

function isNotFound(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

function straceMissing(cause: unknown): SbxError {
  return new SbxError({
    what: "System calls cannot be recorded",
    why: "strace is not installed",
    fix: "apt-get install strace",
    exitCode: 4,
    cause,
  });
}

function failure(request: RecordRequest, why: string): SbxError {
  return new SbxError({
    what: `${request.program[0]} could not be recorded`,
    why,
    fix: "Run it without strace first; give it smaller parameters or a longer time limit.",
    exitCode: 4,
  });
}
