/** Watches one launch: limits, marks, kill. Whatever the launch does, the guard's promise resolves. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Launchable, ProcessLaunch, SyntheticLaunch } from "../sandbox/driver.ts";
import { monotonicNs } from "./monotonic.ts";
import { OutputReader, type OutputState } from "./output-reader.ts";
import { killNow, treeOf } from "./process-tree.ts";

export type GuardLimits = { launchMs: number; outputBytes: number };

export type GuardHooks = {
  /** The process exists; for the record of what to sweep after a crash of the harness. */
  onSpawn(pid: number): void;
  /** The program waits at a mark until this returns. */
  onMark(mark: string, rootPid: number): void;
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
  output: OutputState;
};

/** After the outermost process has ended, its output must end soon; an orphan may hold the pipe open. */
const DRAIN_LIMIT_MS = 2000;

/** @param abort ends the launch early (Ctrl-C); it then counts as not launched */
export function guardLaunch(
  launch: Launchable,
  limits: GuardLimits,
  hooks: GuardHooks,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  return launch.kind === "process"
    ? guardProcess(launch, limits, hooks, abort)
    : guardSynthetic(launch, limits, abort);
}

function guardProcess(
  launch: ProcessLaunch,
  limits: GuardLimits,
  hooks: GuardHooks,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  return new Promise((resolve) => {
    const [command = "", ...args] = launch.argv;
    let child: ChildProcess | null = null;
    let timedOut = false;
    let spawnError: string | null = null;
    let exit: { code: number | null; signal: string | null } | null = null;
    let drain: NodeJS.Timeout | null = null;

    const kill = (): void => {
      const pid = child?.pid;
      // The tree is read before the root dies, while parentage still leads to every member.
      if (pid !== undefined) for (const member of [pid, ...treeOf(pid)]) killNow(member);
    };
    const reader = new OutputReader(limits.outputBytes, {
      onMessage(message) {
        if (message.type !== "mark" || child?.pid === undefined) return;
        hooks.onMark(message.name, child.pid);
        child.stdin?.write("\n");
      },
      onFlood: kill,
    });
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, limits.launchMs);
    const finish = (): void => {
      clearTimeout(timer);
      if (drain !== null) clearTimeout(drain);
      abort.removeEventListener("abort", kill);
      const endedAtNs = monotonicNs();
      child?.stdout?.destroy();
      child?.stderr?.destroy();
      reader.finish();
      resolve({
        spawnedAtNs,
        endedAtNs,
        exitCode: exit?.code ?? null,
        signal: exit?.signal ?? null,
        spawnError,
        timedOut,
        aborted: abort.aborted,
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
    hooks.onSpawn(child.pid);
    // A program that has ended closes its stdin under us; that is its business (EPIPE).
    child.stdin?.on("error", () => {});
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => reader.stdout(chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk: string) => reader.stderr(chunk));
    child.on("exit", (code, signal) => {
      exit = { code, signal };
      drain = setTimeout(finish, DRAIN_LIMIT_MS);
    });
    child.on("close", finish);
  });
}

async function guardSynthetic(
  launch: SyntheticLaunch,
  limits: GuardLimits,
  abort: AbortSignal,
): Promise<GuardOutcome> {
  let timedOut = false;
  let kill = (): void => {};
  const killed = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const reader = new OutputReader(limits.outputBytes, { onMessage: () => {}, onFlood: () => kill() });
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, limits.launchMs);
  abort.addEventListener("abort", kill);
  const spawnedAtNs = monotonicNs();
  const exit = await launch.run({
    stdout: (chunk) => reader.stdout(chunk),
    stderr: (chunk) => reader.stderr(chunk),
    killed,
  });
  clearTimeout(timer);
  abort.removeEventListener("abort", kill);
  reader.finish();
  return {
    spawnedAtNs,
    endedAtNs: monotonicNs(),
    ...exit,
    spawnError: null,
    timedOut,
    aborted: abort.aborted,
    output: reader.state,
  };
}
