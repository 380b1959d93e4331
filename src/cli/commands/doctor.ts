import type { Command } from "commander";
import { hasColour } from "../../base/terminal-abilities.ts";
import { loadConfig } from "../../config/load.ts";
import { doctorText } from "../../report/doctor/terminal.ts";
import { doctor } from "../../use-cases/doctor.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { writeJson, writeResult } from "../output/write.ts";

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Say what this host can run, what is missing or noisy, and how to fix it.")
    .option("--fresh", "try everything again instead of using the cached answer")
    .option("--json", "print the findings as JSON")
    .addHelpText(
      "after",
      `
Each runsc platform is really started, under a limit of 10 s: a device file alone proves nothing.

Examples:
  $ sbx-bench doctor
  $ sbx-bench doctor --fresh
  $ sbx-bench doctor --json | jq '.platforms'`,
    )
    .action(async (flags: { fresh?: boolean; json?: boolean }) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const report = await doctor({ config, fresh: flags.fresh === true }, commandContext());
      if (flags.json === true) writeJson(report);
      else writeResult(doctorText(report, hasColour(process.stdout, process.env)));
      process.exitCode = report.canRun ? EXIT.done : EXIT.environment;
    });
}
