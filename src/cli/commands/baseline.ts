import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { loadConfig } from "../../config/load.ts";
import { baselineRow, baselineTable } from "../../report/baseline/terminal.ts";
import { renderTerminal, terminalOptions } from "../../report/run/terminal.ts";
import { buildView } from "../../report/run/view/build-view.ts";
import { forgetBaseline, keepAsBaseline, listBaselines, showBaseline } from "../../use-cases/baseline.ts";
import { commandContext } from "../output/context.ts";
import { writeJson, writeResult } from "../output/write.ts";

type Flags = { dir?: string; json?: boolean; force?: boolean; fingerprint?: string };

export function addBaseline(program: Command): void {
  const baseline = program
    .command("baseline")
    .description("Keep runs under a name, in a folder that can be committed, for `check` to compare with.")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench baseline save main             keep the newest run as "main"
  $ sbx-bench baseline save v1 reports/20261123-231904-1f3a
  $ sbx-bench baseline list
  $ sbx-bench baseline show main
  $ sbx-bench baseline remove v1`,
    );
  const add = (usage: string, description: string) =>
    baseline.command(usage).description(description).option("--dir <dir>", "folder of the baselines");

  add("save <name> [run]", "Keep a run (default: the newest) under a name.")
    .option("--force", "overwrite, and accept a run that was interrupted")
    .action(async (name: string, run: string | undefined, flags: Flags) => {
      const { out, dir } = await folders(program, flags);
      const request = { name, run: run ?? "latest", out, dir, force: flags.force === true };
      const kept = await keepAsBaseline(request, commandContext());
      const sizeKib = Math.ceil(kept.sizeBytes / 1024);
      writeResult(`${kept.run} is kept as ${name}: ${relative(process.cwd(), kept.file)} (${sizeKib} KiB)\n`);
    });

  add("list", "What is kept, a line a fingerprint.")
    .option("--json", "print JSON")
    .action(async (flags: Flags) => {
      const { dir } = await folders(program, flags);
      const rows = await listBaselines({ dir }, commandContext());
      if (flags.json === true) writeJson(rows);
      else if (rows.length === 0) writeResult(`${relative(process.cwd(), dir)} holds no baselines.\n`);
      else writeResult(baselineTable(rows));
    });

  add("show <name>", "The figures that a baseline holds.")
    .option("--fingerprint <id>", "only the one of this host (start of its id)")
    .option("--json", "print them in the form of summary.json, a list with an entry a fingerprint")
    .action(async (name: string, flags: Flags) => {
      const { dir } = await folders(program, flags);
      const shown = await showBaseline({ name, dir, fingerprint: flags.fingerprint ?? null });
      if (flags.json === true) {
        writeJson(shown.map(({ summary }) => summary));
        return;
      }
      for (const { file, manifest, launches, summary } of shown) {
        const { cpu, kernel } = baselineRow(manifest, launches, file);
        writeResult(
          renderTerminal(buildView(manifest, summary, launches), {
            ...terminalOptions(process.stdout, process.env),
            files: [
              "",
              `${name}: run ${manifest.runId} on ${cpu}, Linux ${kernel}`,
              relative(process.cwd(), file),
            ],
          }),
        );
      }
    });

  add("remove <name>", "Remove a baseline.")
    .option("--fingerprint <id>", "only the one of this host (start of its id)")
    .action(async (name: string, flags: Flags) => {
      const { dir } = await folders(program, flags);
      for (const file of await forgetBaseline({ name, dir, fingerprint: flags.fingerprint ?? null }))
        writeResult(`removed ${relative(process.cwd(), file)}\n`);
    });
}

async function folders(program: Command, flags: Flags): Promise<{ out: string; dir: string }> {
  const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
  const dir = flags.dir === undefined ? config.baselines : resolve(flags.dir);
  return { out: config.out, dir };
}
