import { resolve } from "node:path";
import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";
import { requireWritableFile } from "../../base/require-writable.ts";
import { ANY_SHARE } from "../../base/share.ts";
import { writeText } from "../../base/write-text.ts";
import { HISTORY_DEFAULTS } from "../../config/defaults.ts";
import { loadConfig } from "../../config/load.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { plural } from "../../report/kit/format.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import type { HistoryRequest } from "../../use-cases/history.ts";
import { noteWritten, takesStdout, writeNamed } from "../options/format-options.ts";
import { LISTED, list } from "../options/list-option.ts";
import { wholeNumber } from "../options/number-option.ts";
import { shareOption } from "../options/share-option.ts";
import { refuseWithoutEffect } from "../options/without-effect.ts";
import { commandContext } from "../output/context.ts";
import { writeJson, writeResult } from "../output/write.ts";

type Flags = {
  cell?: string[];
  fingerprint?: string;
  last?: number;
  minChange: number;
  parquet?: string;
  dir?: string;
  json?: boolean;
  html?: string;
};

export function addHistory(program: Command): void {
  program
    .command("history")
    .argument("[metric]", "e.g. getpid, ready, pss@idle")
    .description("A metric over all stored runs and baselines: what was to be expected, and when it changed.")
    .option("--cell <globs...>", `only cells whose id matches, e.g. 'runsc/*::syscalls'; ${LISTED}`, list)
    .option("--fingerprint <id>", "runs of one kind of host: an id, here, or all (default: the newest run's)")
    .option("--last <n>", "only the last n runs", wholeNumber)
    .addOption(
      shareOption("--min-change <share>", "smallest lasting change to report", {
        most: ANY_SHARE,
        usual: HISTORY_DEFAULTS.minChange,
      }),
    )
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
    .action(async (metric: string | undefined, flags: Flags, command: Command) => {
      if (metric === undefined && flags.parquet === undefined) {
        throw new SbxError({
          what: "Which metric?",
          why: "`history` shows one metric over time; only with --parquet can it be left out.",
          fix: "Name one, for instance `sbx-bench history ready`; `sbx-bench report` lists them.",
        });
      }
      if (metric === undefined) {
        refuseWithoutEffect(
          command,
          ["html", "json", "minChange"],
          "without a metric: only --parquet is written",
          "Name a metric, or leave it out.",
        );
      }
      if (flags.html !== undefined) requireWritableFile("--html", flags.html);
      if (flags.parquet !== undefined) requireWritableFile("--parquet", flags.parquet);
      const { html, parquet } = flags;
      const stdoutIsTaken = takesStdout({ "--html": html, "--parquet": parquet }, flags.json === true);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      // DuckDB takes a tenth of a second to load, which no other command needs to pay.
      const { history } = await import("../../use-cases/history.ts");
      const { view, parquet: table } = await history(requestOf(metric, flags, config), commandContext());
      if (parquet !== undefined && table !== null) {
        const isWhole = writeText(parquet, table.content, "--parquet");
        noteWritten(parquet, isWhole, `: ${plural(table.rows, "row")} of ${plural(table.runs, "run")}`);
      }
      if (view === null) return;
      if (flags.html !== undefined) {
        const { historyPage } = await import("../../report/history/page.ts");
        writeNamed(flags.html, await historyPage(view), "--html");
      }
      if (stdoutIsTaken) return;
      if (flags.json === true) {
        writeJson(view);
        return;
      }
      const { historyTerminal } = await import("../../report/history/terminal.ts");
      writeResult(historyTerminal(view, terminalOptions(process.stdout, process.env)));
    });
}

function requestOf(
  metric: string | undefined,
  { cell, fingerprint, last, minChange, parquet, dir }: Flags,
  config: ResolvedConfig,
): HistoryRequest {
  return {
    config: dir === undefined ? config : { ...config, baselines: resolve(dir) },
    metric: metric ?? null,
    cells: cell ?? [],
    fingerprint: fingerprint ?? null,
    last: last ?? null,
    minChange,
    parquet: parquet !== undefined,
  };
}
