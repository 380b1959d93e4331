import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";
import { shareText } from "../../base/share.ts";
import { hasColour } from "../../base/terminal-abilities.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import { probesComparisonTerminal } from "../../report/isolation/comparison.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { check } from "../../use-cases/check/check.ts";
import { checkProbes } from "../../use-cases/probes/check-probes.ts";
import {
  addComparisonOptions,
  type ComparisonFlags,
  comparisonConfig,
  deliverComparison,
  requireOutputs,
} from "../options/comparison-options.ts";
import { duration } from "../options/duration-option.ts";
import { roundCount } from "../options/number-option.ts";
import { refuseWithoutEffect } from "../options/without-effect.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { writeJson, writeResult } from "../output/write.ts";

type CheckFlags = ComparisonFlags & {
  baseline?: string;
  ab?: boolean;
  probes?: boolean;
  strict?: boolean;
  untilClear?: boolean;
  maxRounds?: number;
  /** ms */
  budget?: number;
};

const MOST_ROUNDS = 100;

export function addCheck(program: Command): void {
  const command = program.command("check");
  const { outputs } = addComparisonOptions(command);
  command
    .argument("[run]", "the new side: id or folder of a run", "latest")
    .description(
      "The gate: fail when a cell got worse than a baseline, or than the other side of `run --ab`.",
    )
    .option("--baseline <name>", "what to hold it against: a baseline's name, or a run")
    .option("--ab", "hold the new side of an interleaved run against its old one")
    .option("--probes", "hold results of `sbx-bench probes` against each other, instead of runs")
    .option("--strict", "fail, too, when something is unclear, or was measured before and now is not")
    .option("--until-clear", "first add rounds to the run, where its intervals are too wide for a verdict")
    .option(
      "--max-rounds <n>",
      `with --until-clear: rounds of a cell at most (default: ${MOST_ROUNDS})`,
      roundCount,
    )
    .option("--budget <time>", "with --until-clear: 30s, 10m or 1h30m at most", duration)
    .addHelpText(
      "after",
      `
A metric is worse when it got slower or larger, and by more than the limit, both statistically significant. With --ab the first is
Westfall and Young's step-down permutation test over all gated metrics, and the second is sure to 99 % for each; with
--baseline both are one test with Holm's correction. The chance of even one false alarm is check.alpha
(default ${shareText(DEFAULTS.check.alpha)}). So a limit of 5 % lets most true losses of 5 % pass: to find those, set it lower (default ${shareText(DEFAULTS.check.maxRegression)}).
The limit is never below the noise floor that A/A runs found on this host. Limits of single metrics stand in
the configuration (check.metrics); --max-regression replaces the general one.
With --until-clear rounds are added, at planned looks, until every interval is narrower than half of its limit;
only widths decide that, never what the verdict would be.
With --probes what was stopped in the baseline and now reaches the host is worse, whatever else changed.

Exit codes: 0 nothing is worse, 1 something is worse or no longer runs, 2 wrong usage or unusable input,
3 unclear or missing (only with --strict), 4 the sides were not measured alike, 5 cells failed and could not be judged.

Examples:
  $ sbx-bench check --baseline main
  $ sbx-bench check --probes --baseline isolation.json
  $ sbx-bench run --ab base.config.ts,new.config.ts && sbx-bench check --ab
  $ sbx-bench check --baseline main --strict --format junit --output-file junit.xml --format terminal`,
    )
    .action(async (run: string, flags: CheckFlags, command: Command) => {
      requireOutputs(outputs, flags.json === true);
      if (flags.untilClear !== true) {
        refuseWithoutEffect(
          command,
          ["maxRounds", "budget"],
          "without --until-clear",
          "Add --until-clear, or leave it out.",
        );
      }
      if (flags.probes === true && flags.baseline === undefined) {
        throw new SbxError({
          what: "check --probes needs --baseline",
          why: "A result of probes is held against an earlier one.",
          fix: "check --probes --baseline ID-OR-FILE [ID-OR-FILE]; `sbx-bench probes` makes them.",
        });
      }
      const config = await comparisonConfig(flags, program.opts<{ config?: string }>().config);
      if (flags.probes === true && flags.baseline !== undefined) {
        refuseWithoutEffect(command, ["ab", "untilClear"], "with --probes", "Leave it out.");
        const request = { config, run, baseline: flags.baseline, strict: flags.strict === true };
        const { comparison, outcome } = await checkProbes(request, commandContext());
        if (flags.json === true) writeJson(comparison);
        else {
          const { columns } = terminalOptions(process.stdout, process.env);
          const colour = hasColour(process.stdout, process.env);
          writeResult(probesComparisonTerminal(comparison, { columns, colour }));
        }
        process.exitCode = EXIT[outcome];
        return;
      }
      if ((flags.baseline === undefined) === (flags.ab === undefined)) {
        throw new SbxError({
          what: "The gate needs one thing to hold the run against",
          why:
            flags.ab === undefined
              ? "There is neither --baseline nor --ab."
              : "There are --baseline and --ab.",
          fix: "check --baseline NAME [RUN], or check --ab [RUN] for a run of `run --ab`.",
        });
      }
      const strict = flags.strict === true;
      const checked = await check(
        {
          ...{
            config,
            run,
            strict,
            baseline: flags.baseline ?? null,
            allowUnlike: flags.allowUnlike === true,
          },
          untilClear:
            flags.untilClear === true
              ? { maxRounds: flags.maxRounds ?? MOST_ROUNDS, budgetMs: flags.budget ?? null }
              : null,
        },
        commandContext(),
      );
      await deliverComparison(checked.comparison, outputs, flags, strict);
      process.exitCode = EXIT[checked.outcome];
    });
}
