/** An error meant for the user: what happened, why, and what to do about it. */
export class SbxError extends Error {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  /** Exit code of the command line: 2 wrong usage or configuration, 4 the environment cannot. */
  readonly exitCode: 2 | 4;

  constructor(parts: { what: string; why: string; fix: string; exitCode?: 2 | 4; cause?: unknown }) {
    super(`${parts.what}: ${parts.why}`, { cause: parts.cause });
    this.name = "SbxError";
    this.what = parts.what;
    this.why = parts.why;
    this.fix = parts.fix;
    this.exitCode = parts.exitCode ?? 2;
  }
}
