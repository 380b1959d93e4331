/** What a use case gets from the command line: its lines go to stderr, signals end it in order. */
import { eachOnce, type UseCaseContext } from "../../use-cases/use-case.ts";
import { note } from "./note.ts";
import { showProgress, stderrTarget } from "./progress.ts";
import { stopSignals } from "./stop-signals.ts";

export function commandContext(): UseCaseContext {
  const observe = showProgress(stderrTarget());
  const signals = stopSignals();
  return {
    abort: signals.abort,
    // A command may read a run more than once.
    say: eachOnce((event) => {
      switch (event.type) {
        case "note":
          note(event.message);
          return;
        case "warning":
          note(`warning  ${event.message}`);
          return;
        case "interruptible":
          if (event.now) signals.heed();
          else signals.release();
          return;
        case "run":
          observe(event.event);
      }
    }),
  };
}
