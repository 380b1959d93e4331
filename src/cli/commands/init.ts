import { type Command, Option } from "commander";
import { formatValue } from "../../report/kit/format.ts";
import { CI_SYSTEMS, type CiSystem } from "../../use-cases/init/ci-text.ts";
import { init } from "../../use-cases/init/init.ts";
import { repeatable } from "../options/repeated-option.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { writeResult } from "../output/write.ts";

type Flags = { program?: string[]; ci: CiSystem | "none" };

export function addInit(program: Command): void {
  program
    .command("init")
    .argument("[command...]", "a program of yours and its arguments, behind --")
    .description("Write a commented bench.config.ts for your programs, and a CI job that gates them.")
    .option("--program <name=command>", "a program by its name; repeated for several", repeatable(collect))
    .addOption(
      new Option("--ci <system>", "whose job to write").choices([...CI_SYSTEMS, "none"]).default("github"),
    )
    .addHelpText(
      "after",
      `
Each program runs once natively, which shows that it works. Files that are there are never replaced.

Examples:
  $ sbx-bench init -- ./prog --input data
  $ sbx-bench init --ci none --program 'zip=gzip -kc data' --program 'sum=sha256sum data'`,
    )
    .action(async (words: string[], { program: programs = [], ci }: Flags) => {
      const request = { folder: process.cwd(), words, programs, ci: ci === "none" ? null : ci };
      const done = await init(request, commandContext());
      if (done === null) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      const times = done.programs.map(({ name, nativeNs }) => `${name} ${formatValue(nativeNs, "ns")}`);
      writeResult(
        [
          `Written: ${done.files.join(", ")} (natively: ${times.join(", ")})`,
          "Next:",
          "  sbx-bench plan    what will run, and how long it takes",
          "  sbx-bench run     measure it",
          "",
        ].join("\n"),
      );
    });
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
