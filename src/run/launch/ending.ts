/** How a launch ended, as a clause; pure. A signal inside a sandbox reaches the harness as a number at most. */
import { constants } from "node:os";
import type { GuardOutcome } from "./guard.ts";

/** util-linux before 2.39 fails at raising SIGKILL on itself, by which its child was ended: sys-utils/unshare.c. */
const UNSHARE_KILLED = /^unshare: sigprocmask unblock failed: /m;

/** Go's runtime exits so where the signal that it raises on itself does nothing: runtime/signal_unix.go, dieFromSignal. */
const GO_INIT_SIGNALLED = 2;

const SIGNAL_NAMES = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * `ended by SIGTERM: its last words`, `ended with exit code 137 (128 + SIGKILL)`; null where it ended with 0.
 * @param words what it said, with `: ` before it; empty = nothing
 */
export function endingText({ exitCode, signal, output }: GuardOutcome, words: string): string | null {
  if (signal !== null) return `ended by ${signal}${words}`;
  if (exitCode === 0) return null;
  if (exitCode === 1 && UNSHARE_KILLED.test(output.stderrHead + output.stderrTail))
    return `ended by SIGKILL${words}`;
  const inside = exitCode === null ? undefined : SIGNAL_NAMES.get(exitCode - 128);
  if (inside !== undefined) return `ended with exit code ${exitCode} (128 + ${inside})${words}`;
  // As process 1 of its namespace it has no default action for SIGTERM: pid_namespaces(7).
  const hint =
    exitCode === GO_INIT_SIGNALLED && words === ""
      ? " and no word: so end Go programs on SIGTERM, SIGINT or SIGHUP, where they are process 1 of a sandbox"
      : "";
  return `ended with exit code ${exitCode}${hint}${words}`;
}

/** The lines of `unshare` itself say nothing of the program. */
export function withoutEnvelope(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => !UNSHARE_KILLED.test(line))
    .join("\n");
}
