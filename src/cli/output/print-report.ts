/** The answer of `run` and `report` on stdout: the table, or summary.json itself. */
import { relative } from "node:path";
import type { JudgedSummary } from "../../check/judged-summary.ts";
import { readWhy } from "../../report/program/stored-why.ts";
import { renderTerminal, terminalOptions } from "../../report/run/terminal.ts";
import { buildView } from "../../report/run/view/build-view.ts";
import type { ReportFiles } from "../../report/run/write-report.ts";
import type { LaunchRecord } from "../../samples/launch-record.ts";
import type { RunManifest } from "../../samples/run-manifest.ts";
import type { Ran } from "../../use-cases/run/run.ts";
import { deliverComparison } from "../options/comparison-options.ts";
import { note } from "./note.ts";
import { writeJson, writeResult } from "./write.ts";

export type Measured = {
  /** Folder of the run. */
  dir: string;
  manifest: RunManifest;
  launches: readonly LaunchRecord[];
  summary: JudgedSummary;
};

/** Of an interleaved run the difference is the answer. */
export async function printRun(ran: Ran, json: boolean): Promise<void> {
  if (ran.comparison === null) printReport(ran, ran.files, json);
  else await deliverComparison(ran.comparison, [], { json }, false);
  if (ran.outcome === "interrupted")
    note(`The run was interrupted; go on with: sbx-bench run --resume ${ran.manifest.runId}`);
}

export function printReport(measured: Measured, files: ReportFiles, json: boolean): void {
  for (const warning of files.warnings) note(`warning  ${warning}`);
  if (json) {
    writeJson(measured.summary);
    return;
  }
  const { dir, manifest, summary, launches } = measured;
  const view = buildView(manifest, summary, launches, null, readWhy(dir));
  const shown = [files.html, files.markdown, files.summary].map((file) => relative(process.cwd(), file));
  writeResult(
    renderTerminal(view, {
      ...terminalOptions(process.stdout, process.env),
      files: ["", `report: ${shown.join(", ")}`],
    }),
  );
}
