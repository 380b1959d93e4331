import { join } from "node:path";
import { type Command, Option } from "commander";
import { requireWritableFolder } from "../../../base/require-writable.ts";
import { writeAtomically } from "../../../base/write-atomically.ts";
import { readArrivalTrace } from "../../../capacity/trace.ts";
import { readRate } from "../../../capacity/units.ts";
import { loadConfig } from "../../../config/load.ts";
import { stormTerminal } from "../../../report/capacity/storm-terminal.ts";
import { terminalOptions } from "../../../report/run/terminal.ts";
import { measureStorm } from "../../../use-cases/capacity/storm.ts";
import { counts } from "../../options/counts-option.ts";
import { LISTED, list } from "../../options/list-option.ts";
import { wholeNumber } from "../../options/number-option.ts";
import { quantity } from "../../options/quantity-option.ts";
import { readInput } from "../../options/read-input.ts";
import { commandContext } from "../../output/context.ts";
import { EXIT } from "../../output/exit-codes.ts";
import { note } from "../../output/note.ts";
import { writeJson, writeResult } from "../../output/write.ts";

type Flags = {
  cells: string[];
  levels: number[];
  starts: number;
  rate?: number;
  arrivals?: string;
  seed: string;
  json?: boolean;
};

const LEVELS = [1, 2, 3, 4, 6, 8, 12, 16];

export function addCapacityStorm(capacity: Command, program: Command): void {
  capacity
    .command("storm")
    .description(
      "Launches a second at rising concurrency, and how long each takes; with --rate at the times of a schedule.",
    )
    .addOption(
      new Option("--cells <globs...>", `configurations, e.g. 'runsc/*/net=none/seccomp=none'; ${LISTED}`)
        .argParser(list)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        "--levels <counts>",
        "how many at a time, with commas; it ends where throughput no longer rises",
      )
        .argParser(counts)
        .default(LEVELS, LEVELS.join(",")),
    )
    .option("--starts <n>", "of each level, and of the open loop", wholeNumber, 500)
    .addOption(
      new Option(
        "--rate <rate>",
        "an open loop, too, whose starts do not wait for earlier ones: 5/s",
      ).argParser(quantity(readRate)),
    )
    .option(
      "--arrivals <file>",
      "with --rate: a trace whose bursts it has, one time a line, in s (default: Poisson)",
    )
    .option("--seed <text>", "of the schedule and of the intervals", "1")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
A start is measured to the program's first line, its throughput until nothing of it is left. The open loop's schedule is computed
beforehand; where this tool itself falls behind it (p99 above 5 ms), its figures are refused.

Examples:
  $ sbx-bench capacity storm --cells 'runsc/systrap/net=none/seccomp=none'
  $ sbx-bench capacity storm --cells 'runsc/*/net=none/seccomp=none' --levels 1,2,4 --starts 60 --rate 5/s`,
    )
    .action(async (flags: Flags) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      requireWritableFolder("out", config.out);
      const traceS =
        flags.arrivals === undefined ? null : readInput("--arrivals", flags.arrivals, readArrivalTrace);
      const result = await measureStorm(
        {
          config,
          cells: flags.cells,
          levels: flags.levels.toSorted((a, b) => a - b),
          starts: flags.starts,
          open: flags.rate === undefined ? null : { ratePerS: flags.rate, starts: flags.starts, traceS },
          seed: flags.seed,
        },
        commandContext(),
      );
      const file = join(config.out, `storm-${result.id}.json`);
      writeAtomically(file, `${JSON.stringify(result, null, 2)}\n`);
      note(`wrote ${file}`);
      if (flags.json === true) writeJson(result);
      else writeResult(stormTerminal(result, terminalOptions(process.stdout, process.env)));
      if (result.interrupted) process.exitCode = EXIT.interrupted;
    });
}
