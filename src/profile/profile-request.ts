/** What is to be profiled, and how. */
import type { TracerCost } from "../samples/program-profile.ts";

export type ProfiledProgram = {
  /** The command and its arguments. */
  command: readonly [string, ...string[]];
  /** Its working folder. */
  cwd: string;
  /** All of its environment. */
  env: Readonly<Record<string, string>>;
  /** File that it reads as standard input; `null` = /dev/null. */
  stdin: string | null;
  /** The exit code that counts as success. */
  expectExit: number;
};

/** One run of it under a tracer. */
export type TraceRequest = {
  program: ProfiledProgram;
  /** The tracer's executable file, with what has to stand before and behind it. */
  tracer: readonly [string, ...string[]];
  cost: TracerCost;
  limitMs: number;
  /** Folder for the tracer's own files, and the runner's. */
  scratchDir: string;
  abort: AbortSignal;
};
