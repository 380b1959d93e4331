/**
 * Runs a program that may hang, in namespaces of its own and under a time limit, and leaves nothing behind.
 *
 * The program is started as pid 1 of a new pid namespace. When pid 1 dies the kernel kills everything in the
 * namespace (pid_namespaces(7)), and pid 1 dies with `unshare` (--kill-child), which dies with this process
 * (setpriv --pdeathsig). So even a SIGKILL of the bench leaves no runsc-sandbox spinning.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export type ContainedOptions = {
  unshare: string;
  setpriv: string;
  /** With a user namespace that maps the caller to root: for callers that are not root. */
  rootless: boolean;
  limitMs: number;
  signal?: AbortSignal | undefined;
};

export type ContainedOutcome = {
  /** Both `null` when it could not be started; the reason is in `stderr`. */
  exitCode: number | null;
  killedBy: string | null;
  timedOut: boolean;
  elapsedMs: number;
  /** Last 4 KiB of each. */
  stdout: string;
  stderr: string;
  /** CPU time of everything inside at the moment of the kill; `null` where it ended by itself. */
  cpuSecondsAtKill: number | null;
  /** Processes that outlived the kill and the sweep after it. Always 0 unless the kernel is stuck. */
  leftOver: number;
};

const NAMESPACES = [
  "--mount",
  "--pid",
  "--fork",
  "--kill-child=SIGKILL",
  "--mount-proc",
  "--ipc",
  "--uts",
  "--net",
];
const USER_NAMESPACE = ["--user", "--map-root-user"];
const TAIL_BYTES = 4096;
/** A killed namespace is gone within milliseconds; a loaded host gets longer. */
const GONE_LIMIT_MS = 5000;

/** @throws the signal's reason when it is aborted, after everything is killed */
export async function runContained(
  argv: readonly string[],
  options: ContainedOptions,
): Promise<ContainedOutcome> {
  options.signal?.throwIfAborted();
  const startedAt = performance.now();
  const unshare = [options.unshare, ...(options.rootless ? USER_NAMESPACE : []), ...NAMESPACES];
  // Pipes, not files: runsc writes to a regular file from offset 0 and overwrites it.
  const child = spawn(options.setpriv, ["--pdeathsig", "KILL", ...unshare, ...argv], {
    detached: true,
    cwd: "/",
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = keepTail(child.stdout);
  const stderr = keepTail(child.stderr);
  const closed = once(child, "close").then(
    () => "closed" as const,
    (error: Error) => error,
  );

  const ended = await Promise.race([closed, limit(options.limitMs, options.signal)]);
  let killed = { cpuSeconds: null as number | null, leftOver: 0 };
  if (ended === "limit") {
    killed = await killNamespace(child);
    await Promise.race([closed, sleep(1000, undefined, { ref: false })]);
    child.stdout.destroy();
    child.stderr.destroy();
  }
  options.signal?.throwIfAborted();
  return {
    // Node says -2 (ENOENT) where the program could not be started.
    exitCode: ended instanceof Error ? null : child.exitCode,
    killedBy: child.signalCode,
    timedOut: ended === "limit",
    elapsedMs: performance.now() - startedAt,
    stdout: stdout(),
    stderr: ended instanceof Error ? ended.message : stderr(),
    cpuSecondsAtKill: killed.cpuSeconds,
    leftOver: killed.leftOver,
  };
}

function keepTail(stream: NodeJS.ReadableStream): () => string {
  let tail = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    tail = (tail + chunk).slice(-TAIL_BYTES);
  });
  // util-linux 2.38 says this whenever the program it waits for was killed by a signal.
  return () => tail.replace(/^unshare: sigprocmask unblock failed.*$/m, "").trim();
}

/** Resolves at the limit or at the abort, whichever comes first; never keeps the process alive. */
async function limit(limitMs: number, signal: AbortSignal | undefined): Promise<"limit"> {
  await sleep(limitMs, undefined, { ref: false, ...(signal ? { signal } : {}) }).catch(() => undefined);
  return "limit";
}

async function killNamespace(child: ChildProcess): Promise<{ cpuSeconds: number | null; leftOver: number }> {
  if (child.pid === undefined) return { cpuSeconds: null, leftOver: 0 };
  const tree = treeBelow(child.pid);
  const cpuSeconds = tree.reduce((sum, member) => sum + member.cpuTicks, 0) / 100;
  // pid 1 of the namespace before its parent: then unshare reaps it, and not the host's init in its own time.
  const init = tree.find((member) => member.parent === child.pid);
  kill(init?.pid ?? -child.pid);

  const startedAt = performance.now();
  let rest = tree.filter(isSameProcess);
  while (rest.length > 0 && performance.now() - startedAt < GONE_LIMIT_MS) {
    await sleep(20);
    rest = rest.filter(isSameProcess);
    // The kernel does this by itself; it is done again by pid only where it took unusually long.
    if (performance.now() - startedAt > GONE_LIMIT_MS / 2) for (const { pid } of rest) kill(pid);
  }
  return { cpuSeconds, leftOver: rest.length };
}

type Process = { pid: number; parent: number; startTicks: string; cpuTicks: number };

/**
 * A process and all its descendants. runsc makes pid namespaces below the one it is in, so a comparison of
 * namespaces would miss its sandbox; parents lead to everything, as orphans go to a pid 1 further up the tree.
 */
function treeBelow(rootPid: number): Process[] {
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : [],
  );
  const children = Map.groupBy(all, (process) => process.parent);
  const tree = all.filter((process) => process.pid === rootPid);
  for (const member of tree) tree.push(...(children.get(member.pid) ?? []));
  return tree;
}

/**
 * Fields 3 (state), 4 (parent), 14 and 15 (CPU time in ticks), 20 (threads) and 22 (start) of proc_pid_stat(5).
 * What has ended and waits to be reaped counts as gone; a zombie with threads left has not ended.
 */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if ((fields[0] === "Z" || fields[0] === "X") && Number(fields[17]) <= 1) return null;
    return {
      pid,
      parent: Number(fields[1]),
      startTicks: fields[19] ?? "",
      cpuTicks: Number(fields[11]) + Number(fields[12]),
    };
  } catch {
    return null;
  }
}

/** Still there, and no other process that was given the same pid since. */
function isSameProcess(process: Process): boolean {
  return readProcess(process.pid)?.startTicks === process.startTicks;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Already gone, which is what was wanted.
  }
}
