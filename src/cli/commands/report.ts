import type { Command } from "commander";
import { loadConfig } from "../../config/load.ts";
import { writeReport } from "../../report/write-report.ts";
import { summarise } from "../../stats/summarise.ts";
import { loadRun } from "../../store/load-run.ts";
import { skippedText } from "../../store/stored-run.ts";
import { note } from "../note.ts";
import { printReport } from "../print-report.ts";

export function addReport(program: Command): void {
  program
    .command("report")
    .argument("[run]", "id or folder of a run", "latest")
    .description("Summarise and render a stored run again: table, summary.json, report.md, report.html.")
    .option("--charts", "also write every chart as SVG and PNG into the run's charts/ folder")
    .option("--json", "print summary.json instead of the table")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench report                       the newest run
  $ sbx-bench report reports/latest --charts
  $ sbx-bench report --json | jq '.cells[] | select(.status != "measured")'`,
    )
    .action(async (run: string, flags: { charts?: boolean; json?: boolean }) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const { path: dir, manifest, launches, skipped } = loadRun(run, config.out);
      for (const line of skipped) note(`warning  ${skippedText(line)}; skipped`);
      const measured = { manifest, launches, summary: summarise(manifest, launches) };
      const files = await writeReport({ ...measured, dir, chartFiles: flags.charts === true });
      printReport(measured, files, flags.json === true);
    });
}
