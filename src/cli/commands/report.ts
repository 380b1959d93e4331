import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { loadConfig } from "../../config/load.ts";
import { writeReport } from "../../report/write-report.ts";
import { LAUNCHES_FILE, MANIFEST_FILE, readManifest } from "../../run/run-folder.ts";
import { readLaunchLog } from "../../samples/launch-log.ts";
import { summarise } from "../../stats/summarise.ts";
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
      const within = join(config.out, run);
      const dir = existsSync(join(within, MANIFEST_FILE)) ? within : resolve(run);
      const manifest = readManifest(dir);
      const log = join(dir, LAUNCHES_FILE);
      const { records, bad } = existsSync(log) ? readLaunchLog(log) : { records: [], bad: [] };
      for (const line of bad) note(`warning  ${log}:${line.line}: ${line.message}; skipped`);
      const measured = { manifest, launches: records, summary: summarise(manifest, records) };
      const files = await writeReport({ ...measured, dir, chartFiles: flags.charts === true });
      printReport(measured, files, flags.json === true);
    });
}
