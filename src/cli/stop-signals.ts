import { note } from "./note.ts";

/** SIGHUP: the terminal was closed. */
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Does something that a signal ends in order: it is told by its `AbortSignal`, and cleans up. */
export async function stopOnSignals<T>(action: (abort: AbortSignal) => Promise<T>): Promise<T> {
  const interrupt = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    note(`\n${signal}: ending what is under way and cleaning up …`);
    interrupt.abort();
  };
  for (const signal of STOP_SIGNALS) process.once(signal, stop);
  try {
    return await action(interrupt.signal);
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, stop);
  }
}
