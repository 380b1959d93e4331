/** How a script ended, from what its launch came to. Pure. */
import { durationText } from "../../base/duration-text.ts";
import type { LaunchOutcome } from "../../run/launch/launch-outcome.ts";
import type { Ending } from "./request.ts";

type Ended = Pick<LaunchOutcome, "aborted" | "exitCode" | "signal" | "peaks"> & {
  measured: Pick<LaunchOutcome["measured"], "failure">;
};

type KnownLimits = { launchMs: number; memoryBytes: number | null; pids: number | null };

/** So near to its limit the kernel finds no page that it could take back: memory is counted in batches a CPU. */
const AT_LIMIT = 0.98;

export function endingOf({ aborted, exitCode, signal, measured: { failure } }: Ended): Ending {
  if (aborted) return { kind: "aborted" };
  if (failure?.kind === "flood") return { kind: "output-limit" };
  if (failure?.kind === "hang")
    return { kind: failure.message.startsWith("no end") ? "time-limit" : "output-held-open" };
  // Some sandboxes hand on that their program was killed in other words than a signal.
  const killed = signal ?? /^ended by (SIG\w+)/.exec(failure?.message ?? "")?.[1];
  return killed === undefined ? { kind: "exit", code: exitCode ?? 0 } : { kind: "signal", signal: killed };
}

/** Only what the script could not say itself: its own words stand above on the terminal. */
export function reasonOf(ended: Ended, limits: KnownLimits): string | null {
  const parts = [ownReason(ended, limits), ...limitsHit(ended, limits)].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("; ");
}

function ownReason(ended: Ended, { launchMs }: KnownLimits): string | null {
  const { failure } = ended.measured;
  const ending = endingOf(ended);
  if (ending.kind === "aborted") return "interrupted";
  if (ending.kind === "time-limit") return `no end within ${durationText(launchMs)}, killed`;
  if (failure === null) return null;
  return failure.kind === "crash" ? failure.message.split(": ")[0]! : failure.message;
}

function limitsHit({ exitCode, signal, peaks, measured }: Ended, limits: KnownLimits): string[] {
  const { memoryBytes, memoryKills, pidsRefused } = peaks;
  const limit = limits.memoryBytes;
  const isKilled =
    signal === "SIGKILL" || exitCode === 137 || measured.failure?.message.startsWith("ended by SIGKILL");
  // A runtime's own cgroup below ours counts the kill for itself.
  const isFull =
    isKilled === true && memoryBytes !== null && limit !== null && memoryBytes >= limit * AT_LIMIT;
  return [
    ...((memoryKills ?? 0) > 0 || isFull ? [`it reached the memory limit of ${mib(limit)}`] : []),
    ...((pidsRefused ?? 0) > 0
      ? [`${pidsRefused} processes or threads were refused at the limit of ${limits.pids}`]
      : []),
  ];
}

function mib(bytes: number | null): string {
  return bytes === null ? "the host" : `${Math.round(bytes / 2 ** 20)} MiB`;
}
