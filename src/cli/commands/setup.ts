import { join } from "node:path";
import type { Command } from "commander";
import { execa } from "execa";

const SCRIPT = join(import.meta.dirname, "../../../setup.sh");

/** bin/sbx-bench runs the script itself, since there may be no Node yet that could run this. */
export function addSetup(program: Command): void {
  program
    .command("setup")
    .description("Install what is missing: Go, runsc, and Debian's runc, crun, bubblewrap and other tools.")
    .option("--with-tests", "what only the tests need, too; in a checkout")
    .addHelpText(
      "after",
      `
As root it installs Debian packages, as a plain user it lists them. All else goes to \${XDG_CACHE_HOME:-~/.cache}/sbx-bench.
A second call takes a moment and needs no network.

Examples:
  $ sbx-bench setup
  $ sbx-bench setup && sbx-bench doctor`,
    )
    .action(async ({ withTests = false }: { withTests?: boolean }) => {
      const options = { stdio: "inherit", reject: false } as const;
      process.exitCode = (await execa(SCRIPT, withTests ? ["--with-tests"] : [], options)).exitCode ?? 1;
    });
}
