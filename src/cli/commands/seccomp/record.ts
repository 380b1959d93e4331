import { relative } from "node:path";
import type { Command } from "commander";
import { loadConfig } from "../../../config/load.ts";
import { recordFilters } from "../../../use-cases/seccomp-record.ts";
import { list } from "../../options/list-option.ts";
import { commandContext } from "../../output/context.ts";
import { writeJson, writeResult } from "../../output/write.ts";

export function addRecord(program: Command, seccomp: Command): void {
  seccomp
    .command("record")
    .argument(
      "[scenarios...]",
      "names of scenarios, also with commas (default: all of the configuration's scenarioDir)",
      list,
    )
    .description(
      "Run scenarios natively under strace and write the allow-list to scenarios/NAME/seccomp.json.",
    )
    .option("--json", "print what was recorded as JSON")
    .addHelpText(
      "after",
      `
The filter allows what was seen, what the Go runtime may call at any time, and what a launcher still
needs before exec; anything else is answered with ENOSYS. A path that did not run was not seen.

Examples:
  $ sbx-bench seccomp record startup
  $ sbx-bench seccomp record              record all scenarios again`,
    )
    .action(async (names: readonly string[], flags: { json?: boolean }) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const recorded = await recordFilters({ config, scenarios: names }, commandContext());
      if (flags.json === true) {
        writeJson(recorded);
        return;
      }
      for (const filter of recorded) {
        writeResult(
          `${filter.scenario}: ${filter.recorded.length} system calls seen, ${filter.allowed} allowed, in ${relative(process.cwd(), filter.file)}\n`,
        );
        for (const number of filter.unnamed) {
          writeResult(`  system call ${number} has no name in this strace and is not in the filter\n`);
        }
      }
    });
}
