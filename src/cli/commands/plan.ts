import type { Command } from "commander";
import { planText } from "../../report/plan/terminal.ts";
import { plan } from "../../use-cases/plan/plan.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "../options/config-options.ts";
import { commandContext } from "../output/context.ts";
import { writeJson, writeResult } from "../output/write.ts";

export function addPlan(program: Command): void {
  addConfigOptions(program.command("plan"))
    .description("Show every cell with its status and reason, the rounds and the time it would take.")
    .option("--fresh", "ask the host again what it can run, instead of the cached answer")
    .option("--all", "list excluded and unavailable cells one by one, not by reason")
    .option("--json", "print the plan as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench plan --preset quick
  $ sbx-bench plan --cells 'runsc/systrap/*' --json`,
    )
    .action(async (flags: ConfigFlags & { fresh?: boolean; all?: boolean; json?: boolean }) => {
      const config = await configFrom(flags, program.opts<{ config?: string }>().config);
      const { cells = [], fresh = false } = flags;
      const planned = await plan({ config, cells, fresh }, commandContext());
      if (flags.json === true) writeJson(planned);
      else writeResult(planText(planned, flags.all === true));
    });
}
