import { type Command, Option } from "commander";
import { requireWritableFile } from "../../base/require-writable.ts";
import { loadConfig } from "../../config/load.ts";
import { SIDES, type SideName } from "../../plan/cell.ts";
import { EXPORT_FORMATS, type ExportFormat, renderExport } from "../../report/exports/render-export.ts";
import { costOfRun } from "../../report/model/cost-of-run.ts";
import { readWhy } from "../../report/program/stored-why.ts";
import { renderMarkdown } from "../../report/run/markdown.ts";
import { buildView } from "../../report/run/view/build-view.ts";
import { type Reported, report } from "../../use-cases/report.ts";
import { addFormatOptions, deliver, type FormatFlags } from "../options/format-options.ts";
import { refuseWithoutEffect } from "../options/without-effect.ts";
import { commandContext } from "../output/context.ts";
import { printReport } from "../output/print-report.ts";

type ReportFlags = FormatFlags<ExportFormat | "markdown"> & {
  charts?: boolean;
  json?: boolean;
  side?: SideName;
};

export function addReport(program: Command): void {
  addFormatOptions(program.command("report"), [...EXPORT_FORMATS, "markdown"])
    .argument("[run]", "id or folder of a run", "latest")
    .description("Summarise and render a stored run again: table, summary.json, report.md, report.html.")
    .option("--charts", "also write every chart as SVG and PNG into the run's charts/ folder")
    .option("--json", "print summary.json instead of the table")
    .addOption(
      new Option(
        "--side <side>",
        "of an interleaved run: a, the old side, or b, the new one (default)",
      ).choices(SIDES),
    )
    .addHelpText(
      "after",
      `
With --format it prints the run's values for another tool instead: gobench for benchstat (a line a launch),
bmf for Bencher, gab and gab-bigger for github-action-benchmark's customSmallerIsBetter and
customBiggerIsBetter, openmetrics for Prometheus, csv for a spreadsheet, markdown for a page.

Examples:
  $ sbx-bench report                       the newest run
  $ sbx-bench report reports/latest --charts
  $ sbx-bench report --format gobench --output-file new.txt && benchstat old.txt new.txt
  $ sbx-bench report --side a --format gobench --output-file old.txt    the old side of \`run --ab\`
  $ sbx-bench report --json | jq '.cells[] | select(.status != "measured")'`,
    )
    .action(async (run: string, flags: ReportFlags, command: Command) => {
      if (flags.format === undefined) {
        refuseWithoutEffect(
          command,
          ["outputFile"],
          "without --format",
          "Name a format; summary.json, report.md and report.html are written into the run's folder anyway.",
        );
      } else {
        refuseWithoutEffect(
          command,
          ["charts"],
          "with --format",
          "Leave it out, or run `report --charts` by itself.",
        );
      }
      if (flags.outputFile !== undefined) requireWritableFile("--output-file", flags.outputFile);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const { format, charts = false, side = null } = flags;
      const write = format === undefined ? { charts } : null;
      const reported = await report({ config, run, side, write }, commandContext());
      if (format !== undefined) deliver(rendered(reported, format), flags.outputFile);
      else if (reported.files !== null) printReport(reported, reported.files, flags.json === true);
    });
}

function rendered({ dir, manifest, summary, launches }: Reported, format: ExportFormat | "markdown"): string {
  if (format === "markdown") {
    const { cost } = costOfRun(dir, manifest, launches);
    return renderMarkdown(buildView(manifest, summary, launches, cost, readWhy(dir)));
  }
  return renderExport(summary, launches, format);
}
