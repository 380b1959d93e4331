/** One process with all that it starts, under a time limit; its output is read, and only its end is kept. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { KeptOutput } from "../run/launch/kept-output.ts";
import { monotonicNs } from "../run/launch/monotonic.ts";
import { identify, killTree } from "../run/launch/process-tree.ts";
import { envelope } from "../sandbox/envelope.ts";

export type WatchRequest = {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** File that it reads; `null` = /dev/null. */
  stdin: string | null;
  limitMs: number;
  /** Ends it early: Ctrl-C. */
  abort: AbortSignal;
  /** Each line that it prints, without its newline; else what it prints is read and dropped. */
  onLine?: (line: string) => void;
};

export type WatchedEnd = {
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
  /** `null`, or why it could not be started. */
  spawnError: string | null;
  /** What it wrote there; of much, both ends with a mark between. */
  stderr: string;
  wallNs: number;
};

export class WatchedProcess {
  readonly ended: Promise<WatchedEnd>;
  #kill: () => void = () => {};

  constructor(request: WatchRequest) {
    this.ended = new Promise((resolve) => this.#start(request, resolve));
  }

  /** It and everything that it started; `ended` resolves soon after. */
  kill(): void {
    this.#kill();
  }

  #start(request: WatchRequest, resolve: (end: WatchedEnd) => void): void {
    // The first process of a pid namespace takes along whatever is left when it ends or is killed.
    const prefix = envelope([], { network: false, user: process.getuid?.() !== 0 });
    const [command = "", ...args] = [...prefix, ...request.argv];
    const stdin = openSync(request.stdin ?? "/dev/null", "r");
    const startedAtNs = monotonicNs();
    const child = spawn(command, args, {
      cwd: request.cwd,
      env: request.env,
      stdio: [stdin, "pipe", "pipe"],
      detached: true,
    });
    closeSync(stdin);
    const root = child.pid === undefined ? null : identify(child.pid);
    let timedOut = false;
    const stderr = new KeptOutput();
    let pending = "";
    this.#kill = () => {
      if (root !== null) killTree(root);
    };
    const kill = this.#kill;
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, request.limitMs);
    request.abort.addEventListener("abort", kill);
    if (request.abort.aborted) kill();
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      stderr.add(chunk);
    });
    const { onLine } = request;
    if (onLine === undefined) child.stdout?.resume();
    else {
      child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
        const lines = (pending + chunk).split("\n");
        pending = lines.pop() ?? "";
        for (const line of lines) onLine(line);
      });
    }
    whenEnded(child, (spawnError, exitCode, signal) => {
      clearTimeout(timer);
      request.abort.removeEventListener("abort", kill);
      if (pending !== "" && onLine !== undefined) onLine(pending);
      const wallNs = monotonicNs() - startedAtNs;
      resolve({ exitCode, signal, timedOut, spawnError, stderr: (stderr.head + stderr.tail).trim(), wallNs });
    });
  }
}

function whenEnded(
  child: ChildProcess,
  tell: (spawnError: string | null, exitCode: number | null, signal: string | null) => void,
): void {
  child.on("error", (error) => {
    if (child.pid === undefined) tell(error.message, null, null);
  });
  // With its output read to the end: the namespace's last process has closed it.
  child.on("close", (exitCode, signal) => {
    if (child.pid !== undefined) tell(null, exitCode, signal);
  });
}
