import { SbxError } from "../../base/errors.ts";
import { isHostsDoing } from "../../base/reason.ts";
import { EXIT } from "./exit-codes.ts";
import { writeMessage } from "./write.ts";

/** What is missing or was closed is so more often by this tool's mistake than by the host's doing. */
const OWN_FAULTS = ["ENOENT", "EBADF"];

/** What, why, what to do; a stack trace only with --debug. @returns the exit code */
export function printError(error: unknown, debug: boolean): number {
  if (error instanceof SbxError) {
    writeMessage(`error: ${error.what}\n  why: ${indent(error.why)}\n  fix: ${indent(error.fix)}\n`);
    if (debug) writeMessage(`${error.stack ?? ""}\n`);
    return error.exitCode;
  }
  if (isHostsDoing(error) && !OWN_FAULTS.includes(error.code ?? "")) {
    writeMessage(
      `error: This host refused something that is needed\n  why: ${error.message}\n  fix: Free some space, or choose folders that may be written to (--out, XDG_CACHE_HOME).\n`,
    );
    if (debug) writeMessage(`${error.stack ?? ""}\n`);
    return EXIT.environment;
  }
  const message = error instanceof Error ? error.message : String(error);
  writeMessage(
    `error: sbx-bench itself failed\n  why: ${indent(message)}\n  fix: ${
      debug
        ? "Report this, with the trace below."
        : "Repeat the command with --debug and report what it prints."
    }\n`,
  );
  if (debug && error instanceof Error) writeMessage(`${error.stack ?? ""}\n`);
  return EXIT.internal;
}

function indent(text: string): string {
  return text.trim().replaceAll("\n", "\n       ");
}
