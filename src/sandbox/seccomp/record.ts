/** Watches a program with strace and notes which system calls it makes. */
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { SbxError } from "../../base/errors.ts";
import { lastWords } from "../../base/last-words.ts";
import { envelope } from "../envelope.ts";

export type RecordRequest = {
  /** Absolute path and arguments. */
  program: readonly [string, ...string[]];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Folder in which the trace stands until it is read. */
  traceDir: string;
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
  const traceFile = join(request.traceDir, "trace");
  try {
    await runStrace(request, traceFile);
    return await readTrace(traceFile);
  } finally {
    await rm(traceFile, { force: true });
  }
}

async function runStrace(request: RecordRequest, traceFile: string): Promise<void> {
  // Without arguments' contents and signals: only names are wanted, and traces grow large.
  const options = ["-f", "-qqq", "-s", "0", "-e", "verbose=none", "-e", "signal=none", "-o", traceFile];
  // A killed strace lets go of its program; as the first process of a pid namespace it takes it along.
  const [command = "", ...args] = envelope([], { network: false, user: process.getuid?.() !== 0 });
  // strace is looked for in the caller's PATH; the program gets its own.
  const own = ["-E", `PATH=${request.env.PATH ?? ""}`];
  const done = await execa(command, [...args, "strace", ...options, ...own, "--", ...request.program], {
    cwd: request.cwd,
    env: { ...request.env, PATH: process.env.PATH },
    extendEnv: false,
    timeout: request.timeoutMs,
    killSignal: "SIGKILL",
    reject: false,
    stdin: "ignore",
    stdout: "ignore",
  });
  if (done.exitCode === 0) return;
  if (/failed to execute strace/.test(done.stderr)) throw straceMissing();
  throw failure(
    request,
    done.timedOut
      ? `it took longer than ${request.timeoutMs} ms under strace`
      : `it ended with ${done.signal ?? done.exitCode}: ${lastWords(done.stderr) || done.shortMessage}`,
  );
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

function straceMissing(): SbxError {
  return new SbxError({
    what: "System calls cannot be recorded",
    why: "strace is not installed",
    fix: "apt-get install strace",
    exitCode: 4,
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
