import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";
import { type Compared, compare } from "../../use-cases/compare.ts";
import {
  addComparisonOptions,
  type ComparisonFlags,
  comparisonConfig,
  deliverComparison,
  requireOutputs,
} from "../options/comparison-options.ts";
import { LISTED, listInOrder } from "../options/list-option.ts";
import { commandContext } from "../output/context.ts";

type CompareFlags = ComparisonFlags & { ab?: boolean | string; configurations?: string[] };

export function addCompare(program: Command): void {
  const command = program.command("compare");
  const { outputs } = addComparisonOptions(command);
  command
    .argument("[a]", "the old side: a run, or a baseline's name")
    .argument("[b]", "the new side")
    .description("Say what changed between two runs, two configurations, or both sides of `run --ab`.")
    .option("--ab [run]", "both sides of an interleaved run (default: the newest)")
    .option(
      "--configurations <ids...>",
      `two configurations inside one run, and the run (default: the newest); ${LISTED}`,
      listInOrder,
    )
    .addHelpText(
      "after",
      `
Strongest first: both sides of an interleaved run share their rounds, so what disturbs the host disturbs both;
two configurations of one run do too; two stored runs don't, and drift between them counts as change.
\`compare\` shows; \`check\` is the gate with its exit codes.

Examples:
  $ sbx-bench compare --ab
  $ sbx-bench compare main latest
  $ sbx-bench compare reports/20261123-231904-1f3a reports/20261124-081012-77b0 --format markdown
  $ sbx-bench compare --configurations runc/net=none/seccomp=none runsc/systrap/net=none/seccomp=none latest`,
    )
    .action(async (a: string | undefined, b: string | undefined, flags: CompareFlags) => {
      requireOutputs(outputs, flags.json === true);
      const config = await comparisonConfig(flags, program.opts<{ config?: string }>().config);
      const { comparison } = await compare({ config, compared: chosen(a, b, flags) }, commandContext());
      await deliverComparison(comparison, outputs, flags, false);
    });
}

function chosen(a: string | undefined, b: string | undefined, flags: CompareFlags): Compared {
  const { ab, configurations } = flags;
  const named = [a, b].filter((side) => side !== undefined);
  if (ab !== undefined && configurations === undefined && named.length === 0) {
    return { kind: "sides", run: ab === true ? "latest" : String(ab) };
  }
  if (configurations !== undefined && ab === undefined) {
    const [from, to, run = "latest", ...rest] = [...configurations, ...named];
    if (from !== undefined && to !== undefined && rest.length === 0)
      return { kind: "configurations", run, a: from, b: to };
  } else if (ab === undefined && a !== undefined && b !== undefined) {
    return { kind: "stored", a, b, allowUnlike: flags.allowUnlike === true };
  }
  throw new SbxError({
    what: "It is not clear what to compare",
    why: "A comparison has two sides, given in one of three ways.",
    fix: "compare A B, or compare --ab [RUN], or compare --configurations ID ID [RUN]; --help has examples.",
  });
}
