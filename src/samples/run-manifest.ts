/** `run.json`: what a run is, written before its first launch and completed at its end. */
import type { DeepReadonly } from "../base/deep-readonly.ts";
import type { Cell, SideName } from "../plan/cell.ts";
import type { MetricMeta } from "./metric-meta.ts";

export const RUN_SCHEMA = "sbx-bench/run@1";

/** What must be equal for two runs to be comparable, and what a reader wants to know of the host. */
export type Fingerprint = {
  /** Short hash over `fields`. */
  id: string;
  /** Flat, human-readable: "cpu.model" -> "AMD EPYC". Order does not matter. */
  fields: Record<string, string>;
};

/** A flag of a runsc, by its own help text. */
export type RunscFlag = {
  /** Without dashes. */
  name: string;
  /** As the help text has it; `null` where it has none. */
  default: string | null;
  /** Accepted, and without effect. */
  dead?: boolean;
};

/** One of the runscs of a run. */
export type RunscUsed = {
  /** As in the ids of its cells; empty where the run has one runsc and ids name none. */
  label: string;
  version: string;
  /** Hex; `null` where it was not asked. */
  sha256: string | null;
  /** Where it is from. */
  source: string | null;
  /** `null` where it does not say. */
  flags: readonly RunscFlag[] | null;
};

/** SHA-256 of each filter's file, hex, by its name in ids: `profiles/strict.json`, `default`, `generated::syscalls`. */
export type FilterHashes = Record<string, string>;

/** One of the two configurations of an interleaved run. */
export type RunSide = {
  /** For people: name of the configuration's file. */
  label: string;
  fingerprint: Fingerprint;
  versions: Record<string, string>;
  /** The configuration as resolved. */
  config: unknown;
  runscs?: readonly RunscUsed[];
  filters?: FilterHashes;
};

export type RunManifest = DeepReadonly<{
  schema: typeof RUN_SCHEMA;
  runId: string;
  toolVersion: string;
  commandLine: string[];
  startedAt: string;
  /** `null` while the run is going on or was interrupted. */
  endedAt: string | null;
  /** Rounds asked for. */
  rounds: number;
  /** Decimal string; the same seed and cells give the same order. */
  seed: string;
  preset: string;
  baseline: string;
  fingerprint: Fingerprint;
  /** What ran: runsc, runc, kernel, Go, Node. */
  versions: Record<string, string>;
  /** Facts of the host worth showing that do not decide comparability. */
  hostNotes: string[];
  /** Every cell of the plan, also those that do not run, and twins. */
  cells: Cell[];
  /** Title, unit and direction of each scenario's metrics. */
  metrics: Record<string, MetricMeta[]>;
  /** The configuration as resolved; of an interleaved run that of side b. */
  config: unknown;
  /** Only of a run that names its runscs, the old one first, or that sets flags. */
  runscs?: RunscUsed[];
  /** Only of a run with filters; earlier versions did not record them. */
  filters?: FilterHashes;
  /** Only of an interleaved run (`run --ab`). Fingerprint and versions above are those of side b. */
  sides?: Record<SideName, RunSide>;
  /** Only of a run with a time budget: cells end when their intervals are narrow enough. */
  budget?: RunBudget;
  /** Some cells got more rounds than others afterwards (`check --until-clear`). */
  extended?: boolean;
  /** By command (`runsc flags`): options that its help lists. Only of a run that checks what is said of them. */
  toolOptions?: Record<string, ToolOptions>;
  /** What stopped starting while the run was under way, in the order of time. */
  quarantined?: QuarantinedStart[];
  /** True where the processor is emulated: never shown as performance. */
  emulated: boolean;
  warnings: string[];
  /** Wall time of the run over all its sessions, filled at the end of each. */
  harness: HarnessTime;
}>;

/** What a program's own help says that it takes. */
export type ToolOptions = {
  version: string | null;
  /** Without dashes, sorted. */
  options: string[];
  /** Why there are none; `null` where there are some. */
  reason: string | null;
};

/** A sandbox, or a platform of runsc, that started at first and then did not any more. */
export type QuarantinedStart = DeepReadonly<{
  /** `runsc/kvm`, `runc`; with `a:` or `b:` before it where only one side of an interleaved run is meant. */
  what: string;
  /** ISO 8601, UTC. */
  at: string;
  /** The launch with which it began; its record holds what was seen of it. */
  cell: string;
  round: number;
  /** Launches of it that had gone well before, in the same session of the run. */
  goodLaunches: number;
  /** What happened, in sentences. */
  reason: string;
  /** The end of what the trial with the trivial program said; empty where none was made or it said nothing. */
  evidence: string;
  /** Ids of the cells that were launched no more. */
  cells: string[];
}>;

/** What a run with a time budget was asked for. */
export type RunBudget = {
  ms: number;
  /** Half-width of the 95 % interval at which a cell may rest, as a share: 0.05 = 5 %. */
  precision: number;
};

/** Where the run's wall time went. */
export type HarnessTime = {
  /** From the first launch's preparation to the last one's record, ms, summed over sessions. */
  wallMs: number;
  /** Part of it with a launch under way (spawn -> reaped), ms. */
  launchMs: number;
};
