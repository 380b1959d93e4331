/** Watches one launch: limits, marks, kill. Whatever the launch does, the guard's promise resolves. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Launchable, ProcessLaunch } from "../../sandbox/driver.ts";
import { guardSynthetic } from "./guard-synthetic.ts";
import { LaunchLimit } from "./launch-limit.ts";
import { monotonicNs } from "./monotonic.ts";
import { OutputReader, type OutputState } from "./output-reader.ts";
import { identify, killTree, type ProcessId } from "./process-tree.ts";

export type GuardLimits = { launchMs: number; outputBytes: number };

export type GuardHooks = {
  /** False for a program that prints what it likes: its lines are not read. */
  speaksProtocol: boolean;
  /** The process exists; for the record of what to sweep after a crash of the harness. */
  onSpawn(pid: number, stdin: Writable | null): void;
  /** Everything that it prints, as it is read. */
  onOutput?: ((stream: "stdout" | "stderr", bytes: Buffer) => void) | undefined;
  /** The program waits at a mark until this returns. */
  onMark(mark: string, rootPid: number): void;
  /** The program has started a server, and waits for the line that this resolves with. */
  onServe(rootPid: number): Promise<string>;
  /** ns so far in which the harness did not run: they are not the program's. */
  absentNs(): number;
};

export type GuardOutcome = {
  spawnedAtNs: number;
  /** Reaped, with its output read to the end. */
  endedAtNs: number;
  exitCode: number | null;
  signal: string | null;
  /** Message of the error when it could not be started. */
  spawnError: string | null;
  timedOut: boolean;
  /** Killed because the run is being ended. */
  aborted: boolean;
  /** It ended, but something that it started kept its output open past the limit. */
  outputHeldOpen: boolean;
  output: OutputState;
};

/** After the outermost process has ended, its output must end soon; an orphan may hold the pipe open. */
export const DRAIN_LIMIT_MS = 2000;
/** What was killed is gone within milliseconds, unless the kernel is stuck in it; the run goes on without it. */
const KILLED_LIMIT_MS = 10_000;

/** @param abort ends the launch early (Ctrl-C); it then counts as not launched */
export function guardLaunch(
  launch: Launchable,
  limits: GuardLimits,
  hooks: GuardHooks,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  return launch.kind === "process"
    ? guardProcess(launch, limits, hooks, abort)
    : guardSynthetic(launch, limits, hooks, abort);
}

function guardProcess(
  launch: ProcessLaunch,
  limits: GuardLimits,
  hooks: GuardHooks,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  return new Promise((resolve, reject) => {
    const [command = "", ...args] = launch.argv;
    let child: ChildProcess | null = null;
    let timedOut = false;
    let spawnError: string | null = null;
    let exit: { code: number | null; signal: string | null } | null = null;
    let root: ProcessId | null = null;
    let outputHeldOpen = false;
    let drain: NodeJS.Timeout | null = null;

    const kill = (): void => {
      if (root !== null) killTree(root);
      drain ??= setTimeout(finish, KILLED_LIMIT_MS);
    };
    const reader = new OutputReader(limits.outputBytes, {
      onMessage: !hooks.speaksProtocol
        ? null
        : (message) => {
            if (child?.pid === undefined) return;
            if (message.type === "serve")
              void hooks.onServe(child.pid).then((line) => child?.stdin?.write(`${line}\n`));
            if (message.type !== "mark") return;
            hooks.onMark(message.name, child.pid);
            child.stdin?.write("\n");
          },
      onFlood: kill,
    });
    const readers = {
      stdout: new TextOf((text) => reader.stdout(text)),
      stderr: new TextOf((text) => reader.stderr(text)),
    };
    const timer = new LaunchLimit(limits.launchMs, hooks.absentNs, () => {
      timedOut = true;
      kill();
    });
    const finish = (): void => {
      timer.clear();
      if (drain !== null) clearTimeout(drain);
      abort.removeEventListener("abort", kill);
      const endedAtNs = monotonicNs();
      child?.stdout?.destroy();
      child?.stderr?.destroy();
      for (const text of Object.values(readers)) text.finish();
      reader.finish();
      resolve({
        spawnedAtNs,
        endedAtNs,
        exitCode: exit?.code ?? null,
        signal: exit?.signal ?? null,
        spawnError,
        timedOut,
        aborted: abort.aborted,
        outputHeldOpen,
        output: reader.state,
      });
    };

    abort.addEventListener("abort", kill);
    const spawnedAtNs = monotonicNs();
    // A session of its own: Ctrl-C at the terminal reaches the harness only, which then ends the launch in order.
    child = spawn(command, args, {
      cwd: launch.cwd,
      env: launch.env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: true,
    });
    child.on("error", (error) => {
      spawnError = error.message;
      if (child?.pid === undefined) finish();
    });
    if (child.pid === undefined) return;
    root = identify(child.pid);
    // A program that has ended closes its stdin under us; that is its business (EPIPE).
    child.stdin?.on("error", () => {});
    try {
      hooks.onSpawn(child.pid, child.stdin);
    } catch (error) {
      // It stands in no ledger, so it may not go on.
      reject(error);
      kill();
    }
    // Aborted while the launch was being made: the listener above came too late.
    if (abort.aborted) kill();
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.on("data", (bytes: Buffer) => {
        if (!reader.state.flooded) hooks.onOutput?.(stream, bytes);
        readers[stream].add(bytes);
      });
    }
    child.on("exit", (code, signal) => {
      exit = { code, signal };
      // The limit is the program's; what its output still needs has a limit of its own.
      timer.clear();
      if (drain !== null) clearTimeout(drain);
      drain = setTimeout(() => {
        outputHeldOpen = true;
        if (root !== null) killTree(root);
        finish();
      }, DRAIN_LIMIT_MS);
    });
    child.on("close", finish);
  });
}

/** Characters of several bytes may be cut between two reads. */
class TextOf {
  readonly #decoder = new StringDecoder("utf8");
  readonly #say: (text: string) => void;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  add(bytes: Buffer): void {
    this.#say(this.#decoder.write(bytes));
  }

  finish(): void {
    const rest = this.#decoder.end();
    if (rest !== "") this.#say(rest);
  }
}
