import { join } from "node:path";
import { type Command, Option } from "commander";
import { requireWritableFolder } from "../../../base/require-writable.ts";
import { writeAtomically } from "../../../base/write-atomically.ts";
import { loadConfig } from "../../../config/load.ts";
import { densityTerminal } from "../../../report/capacity/density-terminal.ts";
import { terminalOptions } from "../../../report/run/terminal.ts";
import { measureDensity } from "../../../use-cases/capacity/density.ts";
import { counts } from "../../options/counts-option.ts";
import { duration } from "../../options/duration-option.ts";
import { LISTED, list } from "../../options/list-option.ts";
import { wholeNumber } from "../../options/number-option.ts";
import { commandContext } from "../../output/context.ts";
import { EXIT } from "../../output/exit-codes.ts";
import { note } from "../../output/note.ts";
import { writeJson, writeResult } from "../../output/write.ts";

type Flags = {
  cells: string[];
  levels: number[];
  plateau: number;
  repeats: number;
  programMib: number;
  working?: boolean;
  json?: boolean;
};

const LEVELS = [1, 2, 4, 8, 16, 32, 50];

export function addCapacityDensity(capacity: Command, program: Command): void {
  capacity
    .command("density")
    .description("Hold more and more sandboxes at once: what one more takes, and where this host ends.")
    .addOption(
      new Option("--cells <globs...>", `configurations, e.g. 'runsc/*/net=none/seccomp=none'; ${LISTED}`)
        .argParser(list)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--levels <counts>", "how many at once, with commas: 1,2,4,8")
        .argParser(counts)
        .default(LEVELS, LEVELS.join(",")),
    )
    .addOption(
      new Option("--plateau <time>", "for how long each level is held")
        .argParser(duration)
        .default(30_000, "30s"),
    )
    .option("--repeats <n>", "of each level", wholeNumber, 3)
    .option("--program-mib <n>", "memory that each program touches, MiB", wholeNumber, 8)
    .option("--working", "programs compute for 1 ms in every 10, instead of sleeping")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Stops before the host suffers: at 80 % of its memory, half of its pids or descriptors, or when tasks wait for memory. The first
level that does not converge is the cliff. The result is kept in a file, which capacity plan takes with --density.

Examples:
  $ sbx-bench capacity density --cells 'runsc/systrap/net=none/seccomp=none'
  $ sbx-bench capacity density --cells 'runsc/*/net=none/seccomp=none' --levels 1,2,4,8 --plateau 5s`,
    )
    .action(async (flags: Flags) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      requireWritableFolder("out", config.out);
      const result = await measureDensity(
        {
          config,
          cells: flags.cells,
          request: {
            levels: flags.levels,
            repeats: flags.repeats,
            plateauS: flags.plateau / 1000,
            programMib: flags.programMib,
            working: flags.working === true,
          },
        },
        commandContext(),
      );
      const file = join(config.out, `density-${result.id}.json`);
      writeAtomically(file, `${JSON.stringify(result, null, 2)}\n`);
      note(`wrote ${file}`);
      if (flags.json === true) writeJson(result);
      else writeResult(densityTerminal(result, terminalOptions(process.stdout, process.env)));
      if (result.interrupted) process.exitCode = EXIT.interrupted;
    });
}
