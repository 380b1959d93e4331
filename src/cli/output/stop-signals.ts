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

export type StopSignals = {
  /** Tells of the first signal that arrived while they were heeded. */
  abort: AbortSignal;
  /** From here on a signal ends what is under way in order. */
  heed(): void;
  /** A signal ends the process at once again, as there is nothing to clean up; after one it goes on being heeded. */
  release(): void;
};

/** A closed terminal sends SIGHUP more than once, so that once stopped only a second Ctrl-C ends the process at once. */
export function stopSignals(): StopSignals {
  const interrupt = new AbortController();
  const signals = STOP_SIGNALS.filter((signal) => !ignored.has(signal));
  let heeded = false;
  const off = (): void => {
    for (const one of signals) process.off(one, stop);
    heeded = false;
  };
  const stop = (signal: NodeJS.Signals): void => {
    if (stopped === null) {
      stopped = { signal, atMs: performance.now() };
      note(`\n${signal}: ending what is under way and cleaning up …`);
      interrupt.abort();
    } else if (signal === "SIGINT" && performance.now() - stopped.atMs > SAME_SIGNAL_MS) {
      off();
      process.kill(process.pid, signal);
    }
  };
  return {
    abort: interrupt.signal,
    heed() {
      if (heeded) return;
      heeded = true;
      for (const signal of signals) process.on(signal, stop);
    },
    release() {
      if (stopped === null) off();
    },
  };
}
