import type { Command } from "commander";
import { estimateRun } from "../../plan/estimate.ts";
import { planText } from "../../report/plan/terminal.ts";
import { readDurations } from "../../run/rounds/durations.ts";
import { addConfigOptions, type ConfigFlags, configFrom } from "../options/config-options.ts";
import { note } from "../output/note.ts";
import { writeJson, writeResult } from "../output/write.ts";
import { planHere } from "../plan-here.ts";
import { fewTwinsHere } from "../twins-here.ts";

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
      const { cells, probe } = await planHere(config, flags.cells ?? [], flags.fresh === true, note);
      const { preset, rounds, seed } = config;
      const { fingerprint } = probe;
      const twins = fewTwinsHere({ cells, seed, preset, fingerprint, startedAt: new Date().toISOString() });
      const estimate = estimateRun([...cells, ...twins], rounds, readDurations(fingerprint.id, preset));
      const plan = { preset, rounds, seed, estimate, cells, twins: twins.map(({ twinOf }) => twinOf!) };
      if (flags.json === true) writeJson(plan);
      else writeResult(planText(plan, flags.all === true));
    });
}
