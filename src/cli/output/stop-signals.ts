/** Signals that end what is under way in order, and those that the caller wants ignored. */
import { constants } from "node:os";
import { note } from "./note.ts";

/** SIGHUP: the terminal was closed; SIGQUIT: Ctrl-\\, which would else leave everything behind. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** What a caller may ignore for us: nohup, `trap ''`, background jobs of a shell without job control. */
const IGNORABLE = STOP_SIGNALS;

/** One Ctrl-C can arrive twice, through npm and from the terminal; a second one comes later, ms. */
const SAME_SIGNAL_MS = 1000;

const ignored = new Set<NodeJS.Signals>();
let stopped: { signal: NodeJS.Signals; atMs: number } | null = null;

/**
 * Keeps ignoring what this process was started to ignore; Node itself forgets it at its start.
 * @param sigIgn the hexadecimal mask of /proc/PID/status that held before Node, proc_pid_status(5)
 */
export function keepIgnoring(sigIgn: string | undefined): void {
  for (const signal of ignoredSignals(sigIgn)) {
    ignored.add(signal);
    process.on(signal, () => {});
  }
}

export function ignoredSignals(sigIgn: string | undefined): NodeJS.Signals[] {
  if (sigIgn === undefined || !/^[0-9a-f]{1,32}$/i.test(sigIgn)) return [];
  const mask = BigInt(`0x${sigIgn}`);
  return IGNORABLE.filter((name) => ((mask >> BigInt(constants.signals[name] - 1)) & 1n) === 1n);
}

/** Node would open its debugger on SIGUSR1 to whoever is on this host; nothing here has a meaning for it. */
export function refuseDebugger(): void {
  process.on("SIGUSR1", () => {});
}

/** 128 + the number of the signal that ended the work, as shells do; null = none did. */
export function stopExitCode(): number | null {
  return stopped === null ? null : 128 + constants.signals[stopped.signal];
}

/**
 * Does something that a signal ends in order: it is told by its `AbortSignal`, and cleans up. A closed terminal
 * sends SIGHUP more than once, so that once stopped only a second Ctrl-C ends the process at once.
 */
export async function stopOnSignals<T>(action: (abort: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (stopped === null) {
      stopped = { signal, atMs: performance.now() };
      note(`\n${signal}: ending what is under way and cleaning up …`);
      interrupt.abort();
    } else if (signal === "SIGINT" && performance.now() - stopped.atMs > SAME_SIGNAL_MS) {
      for (const one of signals) process.off(one, stop);
      process.kill(process.pid, signal);
    }
  };
  const signals = STOP_SIGNALS.filter((signal) => !ignored.has(signal));
  for (const signal of signals) process.on(signal, stop);
  try {
    return await action(interrupt.signal);
  } finally {
    if (stopped === null) for (const signal of signals) process.off(signal, stop);
  }
}
