import { SbxError } from "../errors.ts";
import { EXIT } from "./exit-codes.ts";

/** What, why, what to do; a stack trace only with --debug. @returns the exit code */
export function printError(error: unknown, debug: boolean): number {
  if (error instanceof SbxError) {
    process.stderr.write(`error: ${error.what}\n  why: ${indent(error.why)}\n  fix: ${indent(error.fix)}\n`);
    if (debug) process.stderr.write(`${error.stack ?? ""}\n`);
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `error: sbx-bench itself failed\n  why: ${indent(message)}\n  fix: ${
      debug
        ? "Report this, with the trace below."
        : "Repeat the command with --debug and report what it prints."
    }\n`,
  );
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return EXIT.internal;
}

function indent(text: string): string {
  return text.trim().replaceAll("\n", "\n       ");
}
