import { type HostLoad, LAUNCH_SCHEMA } from "../../samples/launch-record.ts";
import { emptyTranscript } from "../../workload/protocol.ts";
import type { LaunchPlace, LaunchResult } from "./launch-once.ts";

/** The host refused a cgroup, or the bundle could not be written: recorded, and the others go on. */
export function neverStarted(
  place: LaunchPlace,
  startedAt: string,
  before: HostLoad,
  prepareNs: number,
  error: unknown,
): LaunchResult {
  return {
    aborted: false,
    underWayNs: 0,
    record: {
      schema: LAUNCH_SCHEMA,
      ...place,
      startedAt,
      status: "failed",
      failure: {
        kind: "harness",
        message: `the launch could not be made: ${error instanceof Error ? error.message : String(error)}`,
        exitCode: null,
        signal: null,
        stdoutTail: "",
        stderrTail: "",
      },
      phases: { prepareNs, readyNs: null, workNs: null, exitNs: null, cleanupNs: 0 },
      load: { before, after: before, disturbed: [] },
      cpuNs: null,
      ...emptyTranscript(),
      memory: [],
    },
  };
}
