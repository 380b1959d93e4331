/** What comes of a launch, and the line that a run keeps of it. */
import { LAUNCH_SCHEMA, type LaunchRecord } from "../../samples/launch-record.ts";
import type { LaunchPeaks } from "../environment/launch-peaks.ts";
import type { OutputEnds } from "./output-reader.ts";

/** Where a launch stands in its run. */
export type LaunchPlace = { cell: string; round: number; position: number };

/** What one launch is found to have done: a line of `launches.ndjson`, but for its place in a run. */
export type MeasuredLaunch = Omit<LaunchRecord, "schema" | keyof LaunchPlace>;

export type LaunchOutcome = {
  launchId: string;
  measured: MeasuredLaunch;
  exitCode: number | null;
  signal: string | null;
  /** Both ends of what it printed, at most 4096 characters each. */
  output: OutputEnds;
  /** ns with the launch under way: spawn -> reaped. */
  underWayNs: number;
  /** Of its cgroup. */
  peaks: LaunchPeaks;
  /** By the monotonic clock of the harness; 0 where it was never started. */
  spawnedAtNs: number;
  /** True when it was ended by `abort`; it then says nothing about the sandbox. */
  aborted: boolean;
};

/** The line that a run keeps. */
export function recordOf(measured: MeasuredLaunch, place: LaunchPlace): LaunchRecord {
  return { schema: LAUNCH_SCHEMA, ...place, ...measured };
}
