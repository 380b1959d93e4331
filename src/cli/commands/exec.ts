import { resolve } from "node:path";
import type { Command } from "commander";
import { SbxError } from "../../base/errors.ts";
import { requireWritableFile } from "../../base/require-writable.ts";
import { visibleJson } from "../../base/visible-text.ts";
import { type ModeName, readMode } from "../../script/modes.ts";
import { exec } from "../../use-cases/exec/exec.ts";
import { refuseDenied } from "../../use-cases/scan.ts";
import { addExecOptions, type ExecFlags, execConfig } from "../options/exec-options.ts";
import { writeNamed } from "../options/format-options.ts";
import { commandContext } from "../output/context.ts";
import { costLines, execExitCode } from "../output/exec-cost.ts";
import { note } from "../output/note.ts";
import { scriptOutput } from "../output/script-output.ts";

export function addExec(program: Command): void {
  addExecOptions(program.command("exec"))
    .addHelpText(
      "after",
      `
The script's output goes to stdout and stderr as it comes, what it cost to stderr behind it. It reads stdin, unless that
is a terminal. It is built on the host; docs/scripts.md says what that means for a script that nobody has looked at.

The exit code is the script's own; 128 + the number of the signal that ended it; 124 the time limit, 125 the output limit; and
with an error on stderr 2 for wrong usage or a script that does not compile, 4 where this host cannot run it.

Examples:
  $ sbx-bench exec hello.go
  $ sbx-bench exec hello.go --sandbox unshare --seccomp default --time-limit 5s --memory 256Mi
  $ sbx-bench exec hello.go --scan
  $ sbx-bench exec grep.go --tag-output -- 'func main' < hello.go`,
    )
    .action(async (script: string, args: string[], flags: ExecFlags) => {
      const mode = readMode(flags.mode);
      refuseOfOtherModes(mode, flags);
      if (flags.costFile !== undefined) requireWritableFile("--cost-file", flags.costFile);
      if (flags.scan === true) {
        const policy = { deny: [], allow: flags.scanAllow ?? [], heedsComments: false };
        await refuseDenied(script, policy, commandContext());
      }
      const config = await execConfig(flags, program.opts<{ config?: string }>().config);
      const output = scriptOutput({ tags: flags.tagOutput === true, visible: flags.visible });
      const input = process.stdin.isTTY ? null : process.stdin;
      const binds = (flags.bind ?? []).map((folder) => resolve(folder));
      const packages = flags.allowPackage ?? [];
      const { goCache = "cold" } = flags;
      const request = { config, script, mode, args, binds, packages, goCache, input, onOutput: output.take };
      try {
        const executed = await exec(request, commandContext());
        output.finish();
        for (const line of costLines(executed)) note(line);
        if (flags.costFile !== undefined)
          writeNamed(flags.costFile, `${visibleJson(executed)}\n`, "--cost-file");
        process.exitCode = execExitCode(executed);
      } finally {
        // Whoever holds the other end of it open must not keep this process.
        input?.destroy();
      }
    });
}

/** @throws SbxError (exit code 2) for an option that the mode has no use for */
function refuseOfOtherModes(mode: ModeName, { allowPackage, goCache, scan, scanAllow }: ExecFlags): void {
  if (scanAllow !== undefined && scan !== true) {
    throw new SbxError({
      what: "--scan-allow has no effect",
      why: "It lets rules of a scan pass, and none is asked for.",
      fix: "Add --scan, or leave it out.",
    });
  }
  const misplaced =
    mode !== "yaegi" && allowPackage !== undefined
      ? { option: "--allow-package", of: "yaegi" }
      : mode !== "go-run" && goCache !== undefined
        ? { option: "--go-cache", of: "go-run" }
        : null;
  if (misplaced === null) return;
  throw new SbxError({
    what: `${misplaced.option} has no effect`,
    why: `It is an option of mode ${misplaced.of}, and the mode is ${mode}.`,
    fix: `Leave it out, or use --mode ${misplaced.of}.`,
  });
}
