import type { Command } from "commander";
import { runscTable } from "../../report/runsc/terminal.ts";
import { installVersion, listRunscs } from "../../use-cases/runsc.ts";
import { commandContext } from "../output/context.ts";
import { writeJson, writeResult } from "../output/write.ts";

export function addRunsc(program: Command): void {
  const runsc = program
    .command("runsc")
    .description("Install several versions of runsc beside each other, and list them.")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench runsc install debian
  $ sbx-bench runsc install latest
  $ sbx-bench runsc list
  $ sbx-bench run --runsc debian,latest --scenarios startup,syscalls`,
    );
  runsc
    .command("install")
    .argument("<version>", "latest, debian, or a version or commit of gVisor's branch go")
    .description("Build runsc from its Go module, or take Debian's package; the default stays as it is.")
    .option("--force", "build or fetch it again, and record its new checksum")
    .option("--json", "print what was installed as JSON")
    .addHelpText(
      "after",
      `
It is kept under its version, with its checksum, in the folder where setup.sh keeps its tools; a program that
changes afterwards is refused. Building takes 1 to 3 minutes; Debian's package comes from the backports of the
host's release, and the host's own apt is not touched.

Examples:
  $ sbx-bench runsc install latest
  $ sbx-bench runsc install v0.0.0-20260905035102-160fafc42237`,
    )
    .action(async (version: string, flags: { force?: boolean; json?: boolean }) => {
      const installed = await installVersion({ version, force: flags.force === true }, commandContext());
      if (flags.json === true) {
        writeJson(installed);
        return;
      }
      const { name, path, record, isNew } = installed;
      const how = isNew ? "is installed" : "was there already";
      writeResult(
        `runsc ${record.version} ${how} as ${name}: ${path}\n  ${record.source}, sha256 ${record.sha256}\n`,
      );
    });
  runsc
    .command("list")
    .description("What is installed: path, version, checksum, where from, and which one is the default.")
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      `
Examples:
  $ sbx-bench runsc list
  $ sbx-bench runsc list --json | jq -r '.[] | select(.default) | .path'`,
    )
    .action(async (flags: { json?: boolean }) => {
      const rows = await listRunscs();
      if (flags.json === true) writeJson(rows);
      else writeResult(runscTable(rows));
    });
}
