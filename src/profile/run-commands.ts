/** Runs a command by the scenario `program`, as it is run in every sandbox: its output into pipes, within limits. */

import { lastWords } from "../base/last-words.ts";
import { buildProgramRunner, buildTrue } from "../workload/programs.ts";
import { collect, emptyTranscript, parseLine, type Transcript } from "../workload/protocol.ts";
import { type WatchedEnd, WatchedProcess } from "./watched-process.ts";

export type RunRequest = {
  command: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** File that it reads as standard input; `null` = /dev/null. */
  stdin: string | null;
  expectExit: number;
  repeat: number;
  warmUp: number;
  /** Of one run. */
  limitMs: number;
  /** Folder for the runner itself. */
  scratchDir: string;
  hasConstantTsc: boolean;
  abort: AbortSignal;
};

export type RunsEnd = {
  transcript: Transcript;
  /** `null` = every run ended as expected; else as the scenario words it: `exit code 3: no such table`. */
  failure: string | null;
  timedOut: boolean;
  /** What the run that failed wrote there, or what runs it; of much, both ends. */
  stderr: string;
};

const RUNNER_MS = 5000;

export class RunningCommands {
  readonly ended: Promise<RunsEnd>;
  #watched: WatchedProcess | null = null;

  constructor(request: RunRequest) {
    this.ended = this.#run(request);
  }

  kill(): void {
    this.#watched?.kill();
  }

  async #run(request: RunRequest): Promise<RunsEnd> {
    const transcript = emptyTranscript();
    const runner = await buildProgramRunner();
    const trueBinary = await buildTrue();
    let garbage: string | null = null;
    this.#watched = new WatchedProcess({
      argv: [runner],
      cwd: request.scratchDir,
      env: {
        PATH: "/usr/bin:/bin",
        SBX_PARAMS: JSON.stringify(parametersOf(request)),
        SBX_NETWORK: "host",
        SBX_DIR_BIND: request.scratchDir,
        SBX_TRUE: trueBinary,
        ...(request.hasConstantTsc ? { SBX_TSC: "1" } : {}),
      },
      stdin: null,
      limitMs: (request.repeat + request.warmUp) * request.limitMs + RUNNER_MS,
      abort: request.abort,
      onLine(line) {
        const message = parseLine(line);
        if ("garbage" in message) garbage ??= message.garbage;
        else collect(transcript, message);
      },
    });
    const end = await this.#watched.ended;
    const failure = failureOf(transcript, end, garbage);
    const timedOut = end.timedOut || (failure !== null && /^no end within/.test(failure));
    return { transcript, failure, timedOut, stderr: end.stderr };
  }
}

function parametersOf(request: RunRequest) {
  return {
    argv: request.command,
    cwd: request.cwd,
    env: Object.entries(request.env).map(([name, value]) => `${name}=${value}`),
    repeat: request.repeat,
    warmup: request.warmUp,
    memoryAt: 0,
    timeoutMs: request.limitMs,
    stdin: request.stdin ?? "",
    expectExit: request.expectExit,
    expectStdoutBytes: -1,
  };
}

function failureOf(transcript: Transcript, end: WatchedEnd, garbage: string | null): string | null {
  const failed = transcript.checks.find((check) => !check.ok);
  const said = lastWords(end.stderr);
  if (failed !== undefined) return said === "" ? failed.actual : `${failed.actual}: ${said}`;
  if (transcript.ops.some((op) => op.op === "run")) return null;
  if (said !== "") return said;
  return end.spawnError ?? garbage ?? `what runs it ended with ${end.signal ?? end.exitCode}`;
}
