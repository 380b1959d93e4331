import { type Command, Option } from "commander";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { scanSarif } from "../../report/scan/sarif.ts";
import { scanTerminal } from "../../report/scan/terminal.ts";
import { SCAN_RULE_NAMES, SCAN_RULES, type ScanRuleName } from "../../scan/rules.ts";
import { type ScanRequest, scanSource } from "../../use-cases/scan.ts";
import { addFormatOptions, deliver, type FormatFlags } from "../options/format-options.ts";
import { LISTED } from "../options/list-option.ts";
import { scanRules } from "../options/scan-rules.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { writeJson, writeResult } from "../output/write.ts";

const FORMATS = ["terminal", "sarif"] as const;

type Flags = FormatFlags<(typeof FORMATS)[number]> & {
  tier: ScanRequest["tier"];
  deny?: ScanRuleName[];
  allow?: ScanRuleName[];
  heedComments?: boolean;
  json?: boolean;
};

export function addScan(program: Command): void {
  const command = program
    .command("scan")
    .argument("<path>", "a Go file, a folder, or the folder of a module")
    .description("Read Go source before it runs: what in it reaches beyond computing.")
    .addOption(
      new Option("--tier <name>", "by syntax alone, or with types")
        .choices(["auto", "syntax", "types"])
        .default("auto"),
    )
    .option("--deny <rules>", `rules that fail the scan, too; ${LISTED}`, scanRules)
    .option("--allow <rules>", `rules that only note; ${LISTED}`, scanRules)
    .option("--heed-comments", "let pass what //sbx:allow RULE reason in the source asks for")
    .option("--json", "print the result as JSON");
  addFormatOptions(command, FORMATS)
    .addHelpText(
      "after",
      `
By syntax it works on broken files and without modules, whatever build tags say. With types (a folder with a go.mod that
loads) it sees through aliases of values, interfaces and other modules, and tells what main reaches.
It rejects early and explains; it is no boundary. That is the sandbox.

Rules that deny: ${SCAN_RULE_NAMES.filter((name) => SCAN_RULES[name].level === "deny").join(", ")}.
Rules that note: ${SCAN_RULE_NAMES.filter((name) => SCAN_RULES[name].level === "note").join(", ")}.

Exit codes: 0 nothing is denied, 1 something is, 2 wrong usage or nothing to scan, 4 the module does not load.

Examples:
  $ sbx-bench scan script.go
  $ sbx-bench scan ./service --allow network --deny write
  $ sbx-bench scan . --format sarif --output-file scan.sarif`,
    )
    .action(async (path: string, flags: Flags) => {
      const policy = {
        deny: flags.deny ?? [],
        allow: flags.allow ?? [],
        heedsComments: flags.heedComments === true,
      };
      const result = await scanSource({ path, tier: flags.tier, policy }, commandContext());
      const text = () => scanTerminal(result, terminalOptions(process.stdout, process.env));
      if (flags.json === true) writeJson(result);
      else if (flags.format === "sarif") deliver(scanSarif(result, TOOL_VERSION), flags.outputFile);
      else if (flags.outputFile !== undefined) deliver(text(), flags.outputFile);
      else writeResult(text());
      if (result.denied > 0) process.exitCode = EXIT.worse;
    });
}
