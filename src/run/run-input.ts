/** What a run needs to know before it starts. */
import type { LearnedDurations } from "../plan/estimate.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import type { FakeFault } from "../sandbox/fake.ts";
import type { RunObserver } from "./events.ts";
import type { RunSettings } from "./rounds/run-setting.ts";
import type { Steering } from "./rounds/steering.ts";

export type RunInput = RunSettings & {
  /** Folder of the run; made where it is missing. */
  dir: string;
  /** Of a new run, or of the one that is resumed; completed as the run goes on. */
  manifest: RunManifest;
  /** Instead of what was learned of these cells, ms a launch, by cell id. */
  expectedMs?: LearnedDurations;
  /** Only for the fake driver. */
  fakeFaults: readonly FakeFault[];
  observe: RunObserver;
  abort: AbortSignal;
  /** Of a run with a time budget, or one that runs until it is clear; `manifest.rounds` is then the most. */
  steering?: Steering | undefined;
};
