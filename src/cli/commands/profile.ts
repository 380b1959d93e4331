import { relative, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { PROFILE_DEFAULTS } from "../../config/defaults.ts";
import { loadConfig } from "../../config/load.ts";
import { locateCommand } from "../../profile/locate-command.ts";
import { writeProfile } from "../../profile/profile-file.ts";
import { recordProfile } from "../../profile/record-profile.ts";
import { renderProfile } from "../../report/profile/terminal.ts";
import { terminalOptions } from "../../report/terminal.ts";
import { wholeNumber } from "../config-options.ts";
import { duration } from "../duration-option.ts";
import { note } from "../note.ts";
import { probeHere } from "../plan-here.ts";
import { stopOnSignals } from "../stop-signals.ts";
import { TOOL_VERSION } from "../tool-version.ts";

type ProfileFlags = {
  out?: string;
  json?: boolean;
  runs: number;
  tracedRuns: number;
  limit: number;
  expectExit: number;
  env: Record<string, string>;
  cwd: string;
  stdin?: string;
  tracer: "auto" | "strace";
};

export function addProfile(program: Command): void {
  program
    .command("profile")
    .argument("<command...>", "any program and its arguments, behind --")
    .description("Say what a program does when it runs natively: its calls, waits, faults and times.")
    .option("--out <file>", "write the profile there, to be used later or elsewhere")
    .option("--json", "print the profile as JSON")
    .option("--runs <n>", "runs without a tracer", wholeNumber, PROFILE_DEFAULTS.runs)
    .option("--traced-runs <n>", "runs under the tracer", wholeNumber, PROFILE_DEFAULTS.tracedRuns)
    .option(
      "--limit <time>",
      `of one run, such as 30s; under a tracer it is ${PROFILE_DEFAULTS.tracedLimitFactor} times as long`,
      duration,
      PROFILE_DEFAULTS.limitSeconds * 1000,
    )
    .option("--expect-exit <code>", "the exit code that means success", exitCode, 0)
    .option("--env <NAME=value>", "further environment, may be repeated", variable, {})
    .option("--cwd <dir>", "its working folder", ".")
    .option("--stdin <file>", "what it reads as standard input (default: /dev/null)")
    .addOption(
      new Option("--tracer <name>", "auto is perf where it works, else strace")
        .choices(["auto", "strace"])
        .default("auto"),
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
    .action(async (command: [string, ...string[]], flags: ProfileFlags) => {
      const config = await loadConfig(program.opts<{ config?: string }>().config ?? null, {}, process.cwd());
      const located = locateCommand(command, process.env.PATH ?? "");
      const probe = await probeHere(config, false, note);
      const profile = await stopOnSignals((abort) =>
        recordProfile({
          command: located,
          cwd: resolve(flags.cwd),
          env: flags.env,
          stdin: flags.stdin === undefined ? null : resolve(flags.stdin),
          expectExit: flags.expectExit,
          runs: flags.runs,
          tracedRuns: flags.tracedRuns,
          limitMs: flags.limit,
          tracedLimitMs: flags.limit * PROFILE_DEFAULTS.tracedLimitFactor,
          tracer: flags.tracer,
          host: {
            fingerprint: probe.fingerprint,
            toolVersion: TOOL_VERSION,
            hasConstantTsc: probe.processor.constantTsc,
            strace: probe.tools.strace.path,
            perf: probe.tools.perf.path,
          },
          abort,
          onProgress: note,
        }),
      );
      if (flags.out !== undefined) {
        writeProfile(flags.out, profile);
        note(`wrote ${relative(process.cwd(), resolve(flags.out))}`);
      }
      process.stdout.write(
        flags.json === true
          ? `${JSON.stringify(profile, null, 1)}\n`
          : renderProfile(profile, terminalOptions(process.stdout, process.env).columns),
      );
    });
}

function exitCode(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new InvalidArgumentError("It has to be a whole number from 0 to 255.");
}

function variable(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf("=");
  if (at > 0) return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
  throw new InvalidArgumentError("It has to be NAME=value.");
}
