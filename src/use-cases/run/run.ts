/** `run`: sweep, plan or resume, measure, summarise, write the report. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeText } from "../../base/write-text.ts";
import { compareInterleaved } from "../../check/compare.ts";
import type { Comparison } from "../../check/comparison-types.ts";
import type { JudgedSummary } from "../../check/judged-summary.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import type { SideName } from "../../plan/cell.ts";
import { renderComparison } from "../../report/comparison/render-comparison.ts";
import { type ReportFiles, writeReport } from "../../report/run/write-report.ts";
import { ManifestWriter } from "../../run/manifest-writer.ts";
import { LAUNCHES_FILE } from "../../run/run-folder.ts";
import type { RunResult } from "../../run/run-matrix.ts";
import { readLaunchLog } from "../../samples/launch-log.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { FakeFault } from "../../sandbox/fake.ts";
import { summariseHere } from "../judge-run.ts";
import { floorsFor, keepFloors } from "../noise-floors.ts";
import { sweep } from "../sweep.ts";
import type { Say, UseCaseContext } from "../use-case.ts";
import { measureHere } from "./measure.ts";
import { type NamedConfig, prepareInterleaved } from "./prepare-interleaved.ts";
import { type PreparedRun, prepareNew, type RunSettings } from "./prepare-new.ts";
import { prepareResumed } from "./prepare-stored.ts";
import { type ProgramsRequest, programRun } from "./program-run.ts";
import { type ServerRequest, serverRun } from "./server-run.ts";
import { budgetSteering, unsettledWarning } from "./steering.ts";

export type RunRequest = RunSettings & {
  measured:
    | { kind: "matrix"; config: ResolvedConfig }
    /** Programs by their commands, in the usual configurations. */
    | ProgramsRequest
    /** A server by its command, driven by a load. */
    | ServerRequest
    /** Two configurations, interleaved in the same rounds. */
    | { kind: "interleaved"; sides: Record<SideName, NamedConfig> }
    /** A run that was interrupted: its id or folder; `null` = the newest below `out`. */
    | { kind: "resumed"; out: string; run: string | null };
  /** For the fake driver. */
  fakeFaults?: FakeFault[];
};

export type Ran = {
  outcome: "done" | "someCellsFailed" | "interrupted";
  dir: string;
  manifest: RunResult["manifest"];
  launches: readonly LaunchRecord[];
  summary: JudgedSummary;
  files: ReportFiles;
  /** Of an interleaved run: the difference is its answer, and the report beside it is that of the new side. */
  comparison: Comparison | null;
};

/**
 * @returns `null` where it was interrupted before anything was measured, which is said
 * @throws SbxError, exit code 2 for a wrong request, 4 where this host can't run it
 */
export async function run(request: RunRequest, context: UseCaseContext): Promise<Ran | null> {
  if (request.measured.kind !== "programs") {
    await sweep(context.say);
    return measured(await prepare(request, request.measured, context.say), request, context, () => {});
  }
  const programs = await programRun(request.measured, request.fresh, context);
  if (programs === null) return null;
  await sweep(context.say);
  const prepared = await prepareNew(programs.config, { ...request, twins: "none" }, context.say);
  return measured({ ...prepared, expectedMs: programs.expectedMs }, request, context, programs.keep);
}

/** @param keep writes what else is known into the run's folder, before the report is made of it */
async function measured(
  prepared: PreparedRun,
  request: RunRequest,
  context: UseCaseContext,
  keep: (dir: string) => void,
): Promise<Ran> {
  const steering = budgetSteering(prepared, earlierLaunches(prepared.dir));
  const result = withUnsettled(prepared, await measureHere(prepared, steering, context, request.fakeFaults));
  const { dir, manifest, launches, finished } = result;
  const summary = summariseHere(manifest, launches, prepared.config.check);
  keep(dir);
  const files = await writeReport({ ...result, summary });
  if (finished) keepFloors(dir, manifest, launches);
  const comparison = manifest.sides === undefined ? null : compared(result, prepared);
  return {
    outcome: finished ? outcomeOf(summary) : "interrupted",
    dir,
    manifest,
    launches,
    summary,
    files,
    comparison,
  };
}

async function prepare(
  settings: RunSettings,
  asked: Exclude<RunRequest["measured"], ProgramsRequest>,
  say: Say,
): Promise<PreparedRun> {
  switch (asked.kind) {
    case "matrix":
      return prepareNew(asked.config, settings, say);
    case "server": {
      const config = await serverRun(asked, settings.fresh, say);
      return prepareNew(config, { ...settings, twins: "none" }, say);
    }
    case "interleaved":
      return prepareInterleaved(asked.sides, settings, say);
    case "resumed":
      return prepareResumed(asked.out, asked.run, settings.fresh, say);
  }
}

/** With the warning of what its budget could not settle. */
function withUnsettled(prepared: PreparedRun, result: RunResult): RunResult {
  const message = unsettledWarning(prepared, result.launches);
  if (message === null || !result.finished) return result;
  const writer = new ManifestWriter(result.dir, result.manifest);
  writer.record({ type: "warning", message });
  writer.save();
  return { ...result, manifest: writer.manifest };
}

/** Of a run that is resumed; none of a new one. */
function earlierLaunches(dir: string): LaunchRecord[] {
  const file = join(dir, LAUNCHES_FILE);
  return existsSync(file) ? readLaunchLog(file).records : [];
}

function compared({ dir, manifest, launches }: RunResult, { config }: PreparedRun): Comparison {
  const floors = floorsFor(manifest, launches);
  const stored = { label: manifest.runId, manifest, launches };
  const comparison = compareInterleaved(stored, { rules: config.check, floors });
  writeText(join(dir, "comparison.json"), renderComparison(comparison, "json"));
  return comparison;
}

function outcomeOf({ cells }: JudgedSummary): Ran["outcome"] {
  const ran = cells.filter(({ status }) => status === "measured" || status === "failed");
  return ran.some(({ status, failedLaunches }) => status === "failed" || failedLaunches > 0)
    ? "someCellsFailed"
    : "done";
}
