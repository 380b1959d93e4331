/** `run` from the flags to the printed result: sweep, plan or resume, measure, summarise, report. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeText } from "../base/write-text.ts";
import { compareInterleaved } from "../check/compare.ts";
import type { JudgedSummary } from "../check/judged-summary.ts";
import { renderComparison } from "../report/comparison/render-comparison.ts";
import { writeReport } from "../report/run/write-report.ts";
import { sweepLeftovers } from "../run/environment/sweep.ts";
import { ManifestWriter } from "../run/manifest-writer.ts";
import type { Steering } from "../run/rounds/steering.ts";
import { LAUNCHES_FILE } from "../run/run-folder.ts";
import { type RunResult, runMatrix } from "../run/run-matrix.ts";
import { readLaunchLog } from "../samples/launch-log.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { FakeFault } from "../sandbox/fake.ts";
import { floorsFor, keepFloors } from "./noise-floors.ts";
import { deliverComparison } from "./options/comparison-options.ts";
import { configFrom } from "./options/config-options.ts";
import type { EXIT } from "./output/exit-codes.ts";
import { note } from "./output/note.ts";
import { printReport } from "./output/print-report.ts";
import { showProgress, stderrTarget } from "./output/progress.ts";
import { stopOnSignals } from "./output/stop-signals.ts";
import { type PreparedRun, prepareInterleaved, prepareNew, prepareResumed } from "./prepare-run.ts";
import type { ProgramRun } from "./program-run.ts";
import type { RunFlags } from "./run-flags.ts";
import { budgetSteering, unsettledWarning } from "./steer-here.ts";
import { summariseHere } from "./summarise-here.ts";

export async function runHere(
  flags: RunFlags,
  configFile: string | undefined,
  commandLine: string[],
  programs: ProgramRun | null = null,
): Promise<keyof typeof EXIT> {
  const observe = showProgress(stderrTarget());
  for (const swept of await sweepLeftovers()) observe({ type: "swept", ...swept });
  const prepared = {
    ...(await prepare(flags, configFile, commandLine, programs)),
    ...(programs === null ? {} : { expectedMs: programs.expectedMs }),
  };
  const steering = budgetSteering(prepared, earlierLaunches(prepared.dir));
  const result = withUnsettled(prepared, await measureHere(prepared, steering));
  const summary = summariseHere(result.manifest, result.launches, prepared.config.check);
  programs?.keep(result.dir);
  const files = await writeReport({ ...result, summary });
  if (result.finished) keepFloors(result.dir, result.manifest, result.launches);
  if (result.manifest.sides === undefined) printReport({ ...result, summary }, files, flags.json === true);
  else await printComparison(result, prepared, flags.json === true);
  if (!result.finished) {
    note(`The run was broken off; go on with: sbx-bench run --resume ${result.manifest.runId}`);
    return "interrupted";
  }
  return exitOf(summary);
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

async function prepare(
  flags: RunFlags,
  configFile: string | undefined,
  commandLine: string[],
  programs: ProgramRun | null,
): Promise<PreparedRun> {
  if (programs !== null) return prepareNew(programs.config, { ...flags, twins: false }, commandLine);
  if (flags.ab !== undefined) return prepareInterleaved(flags, commandLine);
  const config = await configFrom(flags, configFile);
  if (flags.resume === undefined) return prepareNew(config, flags, commandLine);
  const named = flags.resume === true ? null : String(flags.resume);
  return prepareResumed(config.out, named, flags.fresh === true);
}

/** Of a run that is resumed; none of a new one. */
function earlierLaunches(dir: string): LaunchRecord[] {
  const file = join(dir, LAUNCHES_FILE);
  return existsSync(file) ? readLaunchLog(file).records : [];
}

/** Launches what is missing, with progress on stderr; a signal ends it in order. */
export async function measureHere(prepared: PreparedRun, steering: Steering | undefined): Promise<RunResult> {
  const observe = showProgress(stderrTarget());
  const fakeFaults = scriptedFaults();
  return stopOnSignals((abort) => runMatrix({ ...prepared, fakeFaults, observe, abort, steering }));
}

/** Of an interleaved run the difference is the answer; the report beside it is that of the new side. */
async function printComparison(result: RunResult, { config }: PreparedRun, json: boolean): Promise<void> {
  const { dir, manifest, launches } = result;
  const floors = floorsFor(manifest, launches);
  const stored = { label: manifest.runId, manifest, launches };
  const comparison = compareInterleaved(stored, { rules: config.check, floors });
  writeText(join(dir, "comparison.json"), renderComparison(comparison, "json"));
  await deliverComparison(comparison, [], { json }, false);
}

/** Faults for the fake driver, from the environment: only tests of this tool set it. */
function scriptedFaults(): FakeFault[] {
  const text = process.env.SBX_FAKE_FAULTS;
  return text === undefined ? [] : (JSON.parse(text) as FakeFault[]);
}

function exitOf(summary: JudgedSummary): keyof typeof EXIT {
  const ran = summary.cells.filter((cell) => cell.status === "measured" || cell.status === "failed");
  return ran.some((cell) => cell.status === "failed" || cell.failedLaunches > 0) ? "someCellsFailed" : "done";
}
