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
  /** 128 + SIGINT, as shells do. */
  interrupted: 130,
} as const;
