/** Options that `compare` and `check` share, and where their results go. */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import { goesToStdout, isStdout } from "../../base/output-target.ts";
import { requireWritableFile } from "../../base/require-writable.ts";
import { ANY_SHARE, shareText } from "../../base/share.ts";
import type { Comparison } from "../../check/comparison-types.ts";
import { DEFAULTS } from "../../config/defaults.ts";
import { loadConfig } from "../../config/load.ts";
import type { ResolvedConfig } from "../../config/resolved-config.ts";
import { renderComparisonHtml } from "../../report/comparison/html.ts";
import { appendJobSummary } from "../../report/comparison/job-summary.ts";
import {
  COMPARISON_FORMATS,
  type ComparisonFormat,
  renderComparison,
} from "../../report/comparison/render-comparison.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { note } from "../output/note.ts";
import { deliver } from "./format-options.ts";
import { LISTED, list } from "./list-option.ts";
import { repeatable } from "./repeated-option.ts";
import { shareOption } from "./share-option.ts";

const FORMATS = [...COMPARISON_FORMATS, "html"] as const;

/** A rendering, and the file that it goes to; `null` = stdout. */
type Output = { format: ComparisonFormat | "html"; file: string | null };

export type ComparisonFlags = {
  /** A share. */
  maxRegression?: number;
  allowUnlike?: boolean;
  all?: boolean;
  json?: boolean;
  out?: string;
};

/** @returns the outputs that the command line asks for, filled as it is parsed */
export function addComparisonOptions(command: Command): { outputs: Output[] } {
  const outputs: Output[] = [];
  let afterSeveral = false;
  command
    .addOption(
      shareOption(
        "--max-regression <share>",
        "largest loss that is let pass, instead of check.maxRegression",
        {
          most: ANY_SHARE,
          usual: null,
          shown: DEFAULTS.check.maxRegression,
        },
      ),
    )
    .option("--allow-unlike", "compare in spite of differing hosts or settings; the result says so")
    .option("--out <dir>", "folder of the runs")
    .option("--all", "also list what stayed the same")
    .option("--json", "print the comparison as JSON")
    .option(
      "--format <names>",
      `${FORMATS.join(", ")}; ${LISTED}`,
      repeatable((names: string) => {
        outputs.push(...list(names).map((name) => ({ format: knownFormat(name), file: null })));
        afterSeveral = list(names).length > 1;
      }),
    )
    .option(
      "--output-file <file>",
      "where the --format before it goes, instead of to stdout",
      repeatable((file: string) => {
        const last = outputs.at(-1);
        if (afterSeveral)
          throw new InvalidArgumentError(
            "Several formats stand before it. Write --format and --output-file for each.",
          );
        if (last === undefined || last.file !== null)
          throw new InvalidArgumentError("It belongs after the --format that it is for.");
        last.file = file;
      }),
    );
  return { outputs };
}

/** @throws SbxError (exit code 4) for a file that can't be written, before anything is measured or compared */
export function requireOutputs(outputs: readonly Output[], json = false): void {
  requireReadableStdout(outputs, json);
  const files = outputs.flatMap(({ file }) => (file === null ? [] : [file]));
  for (const file of files) requireWritableFile("--output-file", file);
  const again = files.find((file, at) => files.findIndex((other) => isSameFile(other, file)) < at);
  if (again === undefined) return;
  throw new SbxError({
    what: `--output-file ${again} is given twice`,
    why: "Each --format has a text of its own, and only the last one would be kept.",
    fix: "Give each a file of its own.",
  });
}

function isSameFile(a: string, b: string): boolean {
  return a === b || (!isStdout(a) && !isStdout(b) && resolve(a) === resolve(b));
}

/** What people and the log of a CI job read may follow one another on stdout; what a program reads stands alone. */
const FOR_READERS: readonly Output["format"][] = ["terminal", "markdown", "github"];

function requireReadableStdout(outputs: readonly Output[], json: boolean): void {
  const printed = outputs.filter(({ file }) => file === null || goesToStdout(file));
  const names = [...(json ? ["--json"] : []), ...printed.map(({ format }) => `--format ${format}`)];
  const alone = json || printed.some(({ format }) => !FOR_READERS.includes(format));
  if (names.length < 2 || !alone) return;
  throw new SbxError({
    what: `${names.join(" and ")} don't go together on stdout`,
    why: "Each of them prints there, and no program could read the one behind the other.",
    fix: "Give each --format an --output-file of its own behind it.",
  });
}

function knownFormat(name: string): Output["format"] {
  const format = FORMATS.find((known) => known === name);
  if (format !== undefined) return format;
  throw new SbxError({
    what: `There is no format ${name}`,
    why: `The formats are ${FORMATS.join(", ")}.${didYouMean(name, FORMATS)}`,
    fix: "Name one of them.",
  });
}

export async function comparisonConfig(
  flags: ComparisonFlags,
  file: string | undefined,
): Promise<ResolvedConfig> {
  const { maxRegression, out } = flags;
  return loadConfig(
    file ?? null,
    {
      ...(maxRegression === undefined ? {} : { check: { maxRegression: shareText(maxRegression) } }),
      ...(out === undefined ? {} : { out: resolve(out) }),
    },
    process.cwd(),
  );
}

/** Every rendering asked for (without any: a table on stdout), and the job summary of a CI that has one. */
export async function deliverComparison(
  comparison: Comparison,
  outputs: readonly Output[],
  flags: ComparisonFlags,
  strict: boolean,
): Promise<void> {
  const first: Output = { format: flags.json === true ? "json" : "terminal", file: null };
  const wanted = flags.json === true || outputs.length === 0 ? [first, ...outputs] : outputs;
  for (const { format, file } of wanted) {
    const look = file === null ? terminalOptions(process.stdout, process.env) : {};
    const text =
      format === "html"
        ? await renderComparisonHtml(comparison, strict)
        : renderComparison(comparison, format, { strict, all: flags.all === true, ...look });
    deliver(text, file ?? undefined);
  }
  const problem = appendJobSummary(comparison, strict, process.env);
  if (problem !== null) note(`warning  ${problem}`);
}
