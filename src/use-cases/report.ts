/** `report`: a stored run summarised again, with its pages where they are wanted. */
import { SbxError } from "../base/errors.ts";
import type { JudgedSummary } from "../check/judged-summary.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { SideName } from "../plan/cell.ts";
import { type ReportFiles, writeReport } from "../report/run/write-report.ts";
import type { LaunchRecord } from "../samples/launch-record.ts";
import type { RunManifest } from "../samples/run-manifest.ts";
import { plainRun } from "../stats/summaries/plain-run.ts";
import { loadRun } from "../store/load-run.ts";
import type { StoredRun } from "../store/stored-run.ts";
import { summariseHere } from "./judge-run.ts";
import { sayStored } from "./stored-notes.ts";
import type { UseCaseContext } from "./use-case.ts";

export type ReportRequest = {
  config: ResolvedConfig;
  /** Id or folder of a run, or `latest`. */
  run: string;
  /** Of an interleaved run; `null` = the new side, or the only one. */
  side: SideName | null;
  /** Write summary.json, report.md and report.html into the run's folder, also with every chart; `null` = nothing. */
  write: { charts: boolean } | null;
};

export type Reported = {
  /** Folder of the run. */
  dir: string;
  manifest: RunManifest;
  launches: readonly LaunchRecord[];
  summary: JudgedSummary;
  /** `null` where nothing was to be written. */
  files: ReportFiles | null;
};

/** @throws SbxError, exit code 2 for a run or side that there is not, 4 where its folder cannot be written */
export async function report(request: ReportRequest, { say }: UseCaseContext): Promise<Reported> {
  const { config, side, write } = request;
  const stored = loadRun(request.run, config.out);
  sayStored(say, stored);
  if (side !== null && stored.manifest.sides === undefined) {
    throw new SbxError({
      what: `Run ${stored.label} has no side ${side}`,
      why: "It measured one configuration.",
      fix: "Leave out --side, or name a run of `run --ab`.",
    });
  }
  refuseWithoutLaunches(stored, write !== null);
  const { manifest, launches } = plainRun(stored, side ?? undefined);
  const summary = summariseHere(manifest, launches, config.check);
  const measured = { dir: stored.path, manifest, launches, summary };
  if (write === null) return { ...measured, files: null };
  return { ...measured, files: await writeReport({ ...measured, chartFiles: write.charts }) };
}

/** A report without them would replace the good one that may stand there. */
function refuseWithoutLaunches({ label, path, manifest, launches }: StoredRun, writes: boolean): void {
  if (!writes || launches.length > 0 || manifest.harness.launchMs === 0) return;
  throw new SbxError({
    what: `The launches of run ${label} are missing`,
    why: `It made some, and ${path} has neither launches.ndjson nor launches.ndjson.gz with any.`,
    fix: "Put the file back; the report that stands there is left as it is.",
  });
}
