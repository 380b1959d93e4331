/** How a canary shows after a launch that the host was reached, and what it means that a sandbox ended in the middle. */
import { lastWords } from "../base/last-words.ts";
import type { LaunchOutcome } from "../run/launch/launch-outcome.ts";
import type { Canaries } from "./canaries/canaries.ts";
import type { Canary } from "./catalogue/probe.ts";
import type { Said } from "./verdict.ts";

export function evidenceOf(
  canary: Canary,
  canaries: Canaries,
  answer: string,
  orphans: readonly number[],
): string | null {
  switch (canary.kind) {
    case "answer":
      return answer !== "" && answer === canaries.expected(canary.of)
        ? "it answered with the host's secret"
        : null;
    case "arrival":
      return canaries.hasArrived(canary.at) ? "its random number arrived on the host" : null;
    case "mark":
      return canaries.isMarked() ? "its random number stands in the host's file" : null;
    case "signal":
      return canaries.wasSignalled() ? "the sentinel on the host was signalled" : null;
    case "orphan":
      return orphans.length > 0 ? `process ${orphans[0]} lived on after the launch; it was killed` : null;
    case "held":
      return null;
  }
}

/**
 * The probe was started, and the sandbox ended before it said anything. For one that goes for resources that is how its
 * limit is kept: gVisor's kernel ends where the host gives it no further thread.
 */
export function endedDuring({ exitCode, signal, output, measured }: LaunchOutcome, isAlone: boolean): Said {
  if (measured.failure?.kind === "hang") return { outcome: "timeout", detail: measured.failure.message };
  const words = lastWords(output.stderrTail, "");
  const how = signal ?? `exit code ${exitCode}`;
  const detail = `the sandbox ended during it (${how}${words === "" ? "" : `: ${words}`})`;
  // 128 + SIGKILL, and what runtimes make of it.
  const isKilled = signal !== null || exitCode === 137 || (isAlone && exitCode !== 0);
  return isKilled ? { outcome: "killed", detail } : { outcome: "missing", detail };
}
