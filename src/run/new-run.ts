/** The manifest of a run that is about to start. */

import { configurationId } from "../axes/axes.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import { BASELINE } from "../plan/build-plan.ts";
import type { Cell, SideName } from "../plan/cell.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import {
  type FilterHashes,
  RUN_SCHEMA,
  type RunBudget,
  type RunManifest,
  type RunSide,
} from "../samples/run-manifest.ts";
import type { Scenario } from "../workload/catalogue.ts";
import { newRunId } from "./run-folder.ts";

export type NewRun = {
  config: ResolvedConfig;
  cells: Cell[];
  scenarios: readonly Scenario[];
  probe: HostProbe;
  toolVersion: string;
  commandLine: string[];
  /** Only of an interleaved run; the rest then is that of side b. */
  sides?: Record<SideName, RunSide>;
  budget?: RunBudget;
  toolOptions?: RunManifest["toolOptions"];
  filters: FilterHashes;
};

export function newManifest(input: NewRun): RunManifest {
  const now = new Date();
  return {
    schema: RUN_SCHEMA,
    runId: newRunId(now),
    toolVersion: input.toolVersion,
    commandLine: input.commandLine,
    startedAt: now.toISOString(),
    endedAt: null,
    rounds: input.config.rounds,
    seed: input.config.seed,
    preset: input.config.preset,
    baseline: configurationId(BASELINE),
    fingerprint: input.probe.fingerprint,
    versions: input.probe.versions,
    hostNotes: input.probe.notes,
    cells: input.cells,
    metrics: Object.fromEntries(input.scenarios.map((scenario) => [scenario.as, scenario.metrics])),
    config: input.config,
    emulated: input.probe.emulated,
    warnings: [],
    harness: { wallMs: 0, launchMs: 0 },
    ...runscsOf(input.probe),
    ...filtersOf(input.filters),
    ...(input.sides === undefined ? {} : { sides: input.sides }),
    ...(input.budget === undefined ? {} : { budget: input.budget }),
    ...(input.toolOptions === undefined ? {} : { toolOptions: input.toolOptions }),
  };
}

/** Which runscs a run has, for its manifest; nothing where it has the one of the host without further flags. */
export function runscsOf({ runscs }: HostProbe): Pick<RunManifest, "runscs"> {
  return runscs === undefined ? {} : { runscs: [...runscs.values()].map(({ used }) => used) };
}

/** Nothing where no cell has a filter. */
export function filtersOf(filters: FilterHashes): Pick<RunManifest, "filters"> {
  return Object.keys(filters).length === 0 ? {} : { filters };
}
