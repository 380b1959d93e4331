import type { Command } from "commander";
import { costTerminal } from "../../../report/seccomp/cost-terminal.ts";
import { costOfFilter } from "../../../use-cases/seccomp/cost.ts";
import { commandContext } from "../../output/context.ts";
import { writeJson, writeResult } from "../../output/write.ts";

type Flags = { measure: boolean; json?: boolean };

export function addCost(seccomp: Command): void {
  seccomp
    .command("cost")
    .argument("<profile>", "a filter in OCI's, Docker's or Podman's format")
    .description("Say what a filter costs a call: instructions, the kernel's bitmap, loading, ns.")
    .option("--no-measure", "only count, on an emulator of the filter; nothing is timed")
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      `
The filter is compiled by libseccomp as a list and as a binary tree, and run by an emulator for every call that it allows.
Times are those of harmless calls on one thread, before and after the filter is loaded, beside what a line fitted to
filters of known length on this host predicts.

Examples:
  $ sbx-bench seccomp cost /usr/share/containers/seccomp.json
  $ sbx-bench seccomp cost profile.json --no-measure`,
    )
    .action(async (file: string, { measure, json }: Flags) => {
      const cost = await costOfFilter({ file, measure }, commandContext());
      if (json === true) writeJson(cost);
      else writeResult(costTerminal(cost));
    });
}
