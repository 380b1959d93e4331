import { type Command, Option } from "commander";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import { bashCompletion } from "../../report/completion/bash.ts";
import { fishCompletion } from "../../report/completion/fish.ts";
import { manPage } from "../../report/completion/man.ts";
import { zshCompletion } from "../../report/completion/zsh.ts";
import { wholeCommandTree } from "../output/command-tree.ts";
import { writeResult } from "../output/write.ts";

const FORMATS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;
const NAMES = [...Object.keys(FORMATS), "man"] as (keyof typeof FORMATS | "man")[];

export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("Print the completions of a shell, or the manual page.")
    .addOption(new Option("--for <what>", "shell, or man").choices(NAMES).makeOptionMandatory())
    .addHelpText(
      "after",
      `
Examples:
  $ source <(sbx-bench completion --for bash)
  $ sbx-bench completion --for zsh > "\${fpath[1]}/_sbx-bench"
  $ sbx-bench completion --for fish > ~/.config/fish/completions/sbx-bench.fish
  $ sbx-bench completion --for man > /usr/local/share/man/man1/sbx-bench.1`,
    )
    .action(async ({ for: what }: { for: keyof typeof FORMATS | "man" }) => {
      const tree = await wholeCommandTree();
      writeResult(what === "man" ? manPage(tree, TOOL_VERSION) : FORMATS[what](tree));
    });
}
