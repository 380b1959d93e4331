import type { HostLoad } from "../../samples/launch-record.ts";
import { emptyTranscript } from "../../workload/protocol.ts";
import { NO_PEAKS } from "../environment/launch-peaks.ts";
import type { LaunchOutcome } from "./launch-outcome.ts";

export type Begun = { startedAt: string; before: HostLoad; prepareNs: number };

/** The host refused a cgroup, or the bundle could not be written: recorded, and the others go on. */
export function neverStarted(launchId: string, begun: Begun, error: unknown): LaunchOutcome {
  const { startedAt, before, prepareNs } = begun;
  const nothing = { exitCode: null, signal: null };
  const output = { stdoutTail: "", stderrTail: "" };
  return {
    launchId,
    ...nothing,
    output,
    underWayNs: 0,
    peaks: NO_PEAKS,
    spawnedAtNs: 0,
    aborted: false,
    measured: {
      startedAt,
      status: "failed",
      failure: {
        kind: "harness",
        message: `the launch could not be made: ${error instanceof Error ? error.message : String(error)}`,
        ...nothing,
        ...output,
      },
      phases: { prepareNs, readyNs: null, workNs: null, exitNs: null, cleanupNs: 0 },
      load: { before, after: before, disturbed: [] },
      cpuNs: null,
      ...emptyTranscript(),
      memory: [],
    },
  };
}
