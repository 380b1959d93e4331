/** What the exit code of every command means. */
export const EXIT = {
  done: 0,
  /** `check`: a loss beyond the limit, or a cell that no longer runs. */
  worse: 1,
  usage: 2,
  /** `check --strict`: more rounds are needed, or the new side lacks what was gated. */
  unclear: 3,
  environment: 4,
  someCellsFailed: 5,
  /** A fault of this tool itself (EX_SOFTWARE, sysexits.h). */
  internal: 70,
  /** 128 + SIGINT, as shells do; SIGTERM gives 143, SIGHUP 129. */
  interrupted: 130,
} as const;

/** Verdicts and successes: of no use where they could not be printed. */
const ANSWERS: readonly number[] = [EXIT.done, EXIT.worse, EXIT.unclear, EXIT.someCellsFailed];

/**
 * The exit code after everything: an answer that could not be printed must not be taken for one.
 * @param stopCode of the signal that ended the work; null = none did
 */
export function finalExitCode(code: number, isPrinted: boolean, stopCode: number | null): number {
  if (code === EXIT.interrupted) return stopCode ?? code;
  return !isPrinted && ANSWERS.includes(code) ? EXIT.environment : code;
}
