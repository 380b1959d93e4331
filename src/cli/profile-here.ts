/** Options of everything that profiles a program, and the profiling itself. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { PROFILE_DEFAULTS } from "../config/defaults.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { type ProfileInput, recordProfile } from "../profile/record-profile.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { durationTimes } from "./duration-option.ts";
import { note } from "./note.ts";
import { wholeNumber } from "./options/number-option.ts";
import { repeatable } from "./options/repeated-option.ts";
import { refuseWithoutEffect } from "./options/without-effect.ts";
import type { ProgramInput } from "./program-input.ts";
import { stopOnSignals } from "./stop-signals.ts";
import { TOOL_VERSION } from "./tool-version.ts";

export type ProfileFlags = {
  runs: number;
  tracedRuns: number;
  limit: number;
  expectExit: number;
  env: Record<string, string>;
  /** Folder of which it gets a writable copy. */
  work?: string;
  cwd?: string;
  stdin?: string;
  tracer: "auto" | "strace";
};

export function addProfileOptions(command: Command): Command {
  return command
    .option("--runs <n>", "runs without a tracer", wholeNumber, PROFILE_DEFAULTS.runs)
    .option("--traced-runs <n>", "runs under the tracer", wholeNumber, PROFILE_DEFAULTS.tracedRuns)
    .addOption(
      new Option(
        "--limit <time>",
        `of one run, such as 30s; under a tracer it is ${PROFILE_DEFAULTS.tracedLimitFactor} times as long`,
      )
        .argParser(durationTimes(PROFILE_DEFAULTS.tracedLimitFactor))
        .default(PROFILE_DEFAULTS.limitSeconds * 1000, `${PROFILE_DEFAULTS.limitSeconds}s`),
    )
    .option("--expect-exit <code>", "the exit code that means success", exitCode, 0)
    .addOption(
      new Option("--env <NAME=value>", "further environment; repeated for more")
        .argParser(repeatable(variable))
        .default({}, "none"),
    )
    .option("--work <dir>", "folder of which it gets a writable copy to work in")
    .option("--cwd <dir>", "where it starts (default: this folder; with --work its copy)")
    .option("--stdin <file>", "what it reads as standard input (default: /dev/null)")
    .addOption(
      new Option("--tracer <name>", "auto is perf where it works, else strace")
        .choices(["auto", "strace"])
        .default("auto"),
    );
}

/** @throws SbxError where options of the profiling are given, and nothing is profiled */
export function refuseProfilingOptions(command: Command): void {
  refuseWithoutEffect(
    command,
    ["runs", "tracedRuns", "limit", "expectExit", "env", "work", "cwd", "stdin", "tracer"],
    "without a program to run",
    "Leave it out, or name a program behind --.",
  );
}

/**
 * @param program as `programInput` has checked it
 * @returns `null` when a signal broke it off, which is said
 * @throws SbxError where the program can't be profiled: see `recordProfile`
 */
export async function profileHere(
  program: ProgramInput,
  flags: ProfileFlags,
  probe: Pick<HostProbe, "fingerprint" | "processor" | "tools">,
): Promise<ProgramProfile | null> {
  return stopOnSignals((abort) =>
    recordUnlessStopped({
      ...program,
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
}

async function recordUnlessStopped(input: ProfileInput): Promise<ProgramProfile | null> {
  try {
    return await recordProfile(input);
  } catch (error) {
    if (!input.abort.aborted) throw error;
    note("The profile was broken off; nothing is left of it.");
    return null;
  }
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
