import { type Command, InvalidArgumentError } from "commander";
import { SbxError } from "../../base/errors.ts";
import { loadConfig } from "../../config/load.ts";
import { terminalOptions } from "../../report/terminal.ts";
import { wholeNumber } from "../config-options.ts";
import { takesStdout, writeNamed } from "../format-options.ts";
import type { HistoryFlags } from "../history-here.ts";
import { note } from "../note.ts";
import { probeHere } from "../plan-here.ts";

type Flags = HistoryFlags & { json?: boolean; html?: string };

export function addHistory(program: Command): void {
  program
    .command("history")
    .argument("[metric]", "e.g. getpid, ready, pss@idle")
    .description("A metric over all stored runs and baselines: what was to be expected, and when it changed.")
    .option("--cell <glob...>", "only cells whose id matches, e.g. 'runsc/*::syscalls'")
    .option("--fingerprint <id>", "runs of one kind of host: an id, here, or all (default: the newest run's)")
    .option("--last <n>", "only the last n runs", wholeNumber)
    .option("--min-change <percent>", "smallest lasting change to report", percent, 0.05)
    .option("--json", "print the points, bands and changes as JSON")
    .option("--html <file>", "also write a page with the chart")
    .option("--parquet <file>", "also write the launches, a row each; without a metric all of them")
    .option("--dir <dir>", "folder of the baselines")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench history ready --cell 'runsc/systrap/*::startup'
  $ sbx-bench history getpid --last 30 --html getpid.html
  $ sbx-bench history getpid --fingerprint all       across kernels and versions, with what changed
  $ sbx-bench history --parquet launches.parquet     every launch, for your own questions`,
    )
    .action(async (metric: string | undefined, flags: Flags) => {
      if (metric === undefined && flags.parquet === undefined) {
        throw new SbxError({
          what: "Which metric?",
          why: "`history` shows one metric over time; only with --parquet can it be left out.",
          fix: "Name one, for instance `sbx-bench history ready`; `sbx-bench report` lists them.",
        });
      }
      const { html, parquet } = flags;
      const stdoutIsTaken = takesStdout({ "--html": html, "--parquet": parquet }, flags.json === true);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const here = async () => (await probeHere(config, false, note)).fingerprint.id;
      // DuckDB takes a tenth of a second to load, which no other command needs to pay.
      const { historyHere } = await import("../history-here.ts");
      const view = await historyHere(metric ?? null, flags, config, here);
      if (view === null) return;
      if (flags.html !== undefined) {
        const { historyPage } = await import("../../report/history/page.ts");
        writeNamed(flags.html, await historyPage(view), "--html");
      }
      if (stdoutIsTaken) return;
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(view, null, 1)}\n`);
        return;
      }
      const { historyTerminal } = await import("../../report/history/terminal.ts");
      process.stdout.write(historyTerminal(view, terminalOptions(process.stdout, process.env)));
    });
}

/** `5`, `5%` or `0.5 %` -> a share */
function percent(text: string): number {
  const value = Number(text.trim().replace(/\s*%$/, ""));
  if (!(value >= 0) || text.trim() === "")
    throw new InvalidArgumentError("It has to be a percentage, e.g. 5%.");
  return value / 100;
}
