import type { Command } from "commander";
import { isStdout } from "../../base/output-target.ts";
import { requireWritableFile } from "../../base/require-writable.ts";
import { loadConfig } from "../../config/load.ts";
import { profileText } from "../../profile/profile-file.ts";
import { renderProfile } from "../../report/profile/terminal.ts";
import { terminalOptions } from "../../report/run/terminal.ts";
import { profile } from "../../use-cases/profile.ts";
import { programInput } from "../../use-cases/program/program-input.ts";
import { writeNamed } from "../options/format-options.ts";
import { addProfileOptions, type ProfileFlags, profileSettings } from "../options/profile-options.ts";
import { commandContext } from "../output/context.ts";
import { EXIT } from "../output/exit-codes.ts";
import { writeJson, writeResult } from "../output/write.ts";

type Flags = ProfileFlags & { out?: string; json?: boolean };

export function addProfile(program: Command): void {
  addProfileOptions(
    program
      .command("profile")
      .argument("[command...]", "any program and its arguments, behind --")
      .description("Say what a program does when it runs natively: its calls, waits, faults and times.")
      .option("--out <file>", "write the profile there, to be used later or elsewhere")
      .option("--json", "print the profile as JSON"),
  )
    .addHelpText(
      "after",
      `
The program gets PATH, HOME, TMPDIR (a folder of its own) and LC_ALL=C, and nothing else of your environment.
It has to end by itself. What it leaves running is killed.

Examples:
  $ sbx-bench profile -- gzip -kc /usr/bin/go
  $ sbx-bench profile --out sort.json --env LC_ALL=C.UTF-8 -- sort -u /usr/share/dict/words
  $ sbx-bench profile --expect-exit 1 -- grep -r nothing /etc`,
    )
    .action(async (words: string[], flags: Flags) => {
      const input = programInput(words, flags, "sbx-bench profile -- COMMAND");
      if (flags.out !== undefined) requireWritableFile("--out", flags.out);
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const request = { config, program: input, settings: profileSettings(flags) };
      const recorded = await profile(request, commandContext());
      if (recorded === null) {
        process.exitCode = EXIT.interrupted;
        return;
      }
      if (flags.out !== undefined) {
        writeNamed(flags.out, profileText(recorded), "--out");
        if (isStdout(flags.out)) return;
      }
      if (flags.json === true) writeJson(recorded);
      else writeResult(renderProfile(recorded, terminalOptions(process.stdout, process.env).columns));
    });
}
