/**
 * What every use case is: `(request, { say, abort }) -> result`, one file or folder a command.
 *
 * - The *request* is data: validated options and a resolved configuration, never what commander or the environment hands
 *   over. A use case does not read `process`, and needs no terminal: benches, tests and the public API call it as the
 *   command line does.
 * - The *result* is data: what was found, with its warnings. How it is printed, and which exit code it is, is `cli/`'s.
 * - What cannot be done is thrown as an `SbxError`, before anything long begins wherever that can be known before.
 */
import type { RunEvent } from "../run/events.ts";

export type UseCaseEvent =
  /** A line about what takes its time, or was done on the way. */
  | { type: "note"; message: string }
  /** What a reader of the result has to know. */
  | { type: "warning"; message: string }
  /**
   * Whether `abort` is heeded from here on. Where it is not, nothing is held that would have to be given back: whoever
   * called may end the process at once.
   */
  | { type: "interruptible"; now: boolean }
  /** Of a run that is under way. */
  | { type: "run"; event: RunEvent };

export type Say = (event: UseCaseEvent) => void;

export type UseCaseContext = {
  say: Say;
  /** Ends what is under way in order; what was measured is kept, and the result says that it was interrupted. */
  abort: AbortSignal;
};

export type UseCase<Request, Result> = (request: Request, context: UseCaseContext) => Promise<Result>;

/** Does what `abort` ends in order, and says for how long that holds. */
export async function interruptible<T>({ say }: UseCaseContext, action: () => Promise<T>): Promise<T> {
  say({ type: "interruptible", now: true });
  try {
    return await action();
  } finally {
    say({ type: "interruptible", now: false });
  }
}

/** For what tells its progress in lines: `onProgress(message)`. */
export function notesTo(say: Say): (message: string) => void {
  return (message) => say({ type: "note", message });
}

/** Says each warning once. */
export function eachOnce(say: Say): Say {
  const warned = new Set<string>();
  return (event) => {
    if (event.type === "warning" && warned.has(event.message)) return;
    if (event.type === "warning") warned.add(event.message);
    say(event);
  };
}
