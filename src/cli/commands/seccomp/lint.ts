import type { Command } from "commander";
import { TOOL_VERSION } from "../../../base/tool-version.ts";
import { lintSarif } from "../../../report/seccomp/lint-sarif.ts";
import { lintTerminal } from "../../../report/seccomp/lint-terminal.ts";
import { lintFilter } from "../../../use-cases/seccomp/lint.ts";
import { addFormatOptions, deliver, type FormatFlags } from "../../options/format-options.ts";
import { commandContext } from "../../output/context.ts";
import { writeJson, writeResult } from "../../output/write.ts";

const FORMATS = ["terminal", "sarif"] as const;

type Flags = FormatFlags<(typeof FORMATS)[number]> & { json?: boolean; strict?: boolean };

export function addLint(seccomp: Command): void {
  const command = seccomp
    .command("lint")
    .argument("<profile>", "a filter in OCI's, Docker's or Podman's format")
    .description("Say what a filter does that it does not seem to, under each sandbox of this host.")
    .option("--strict", "exit code 1 for warnings, too")
    .option("--json", "print the findings as JSON");
  addFormatOptions(command, FORMATS)
    .addHelpText(
      "after",
      `
An error means that a sandbox does not start, or that a Go program dies; a warning that an entry means something else
than it says. Exit codes: 0 without errors, 1 with some, 2 where the file is no filter.

Examples:
  $ sbx-bench seccomp lint /usr/share/containers/seccomp.json
  $ sbx-bench seccomp lint profile.json --strict
  $ sbx-bench seccomp lint profile.json --format sarif --output-file lint.sarif`,
    )
    .action(async (file: string, flags: Flags) => {
      const { findings } = await lintFilter({ file }, commandContext());
      if (flags.json === true) writeJson({ file, findings });
      else if (flags.format === "sarif") deliver(lintSarif(file, findings, TOOL_VERSION), flags.outputFile);
      else if (flags.outputFile !== undefined) deliver(lintTerminal(file, findings), flags.outputFile);
      else writeResult(lintTerminal(file, findings));
      const counted = flags.strict === true ? ["error", "warning"] : ["error"];
      if (findings.some(({ severity }) => counted.includes(severity))) process.exitCode = 1;
    });
}
