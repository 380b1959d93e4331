/** Options of everything that profiles a program, and the profiling itself. */
import { type Command, Option } from "commander";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import { PROFILE_DEFAULTS } from "../../config/defaults.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { type ProfileInput, recordProfile } from "../../profile/record-profile.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import { note } from "../output/note.ts";
import { stopOnSignals } from "../output/stop-signals.ts";
import type { ProgramInput } from "../program-input.ts";
import { durationTimes } from "./duration-option.ts";
import { wholeNumber } from "./number-option.ts";
import { addProgramOptions, PROGRAM_OPTIONS, type ProgramFlags } from "./program-options.ts";
import { refuseWithoutEffect } from "./without-effect.ts";

export type ProfileFlags = ProgramFlags & {
  runs: number;
  tracedRuns: number;
  limit: number;
  tracer: "auto" | "strace";
};

export function addProfileOptions(command: Command): Command {
  const settings = command
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
    .addOption(
      new Option("--tracer <name>", "auto is perf where it works, else strace")
        .choices(["auto", "strace"])
        .default("auto"),
    );
  return addProgramOptions(settings);
}

/** @throws SbxError where options of the profiling are given, and nothing is profiled */
export function refuseProfilingOptions(command: Command): void {
  refuseWithoutEffect(
    command,
    ["runs", "tracedRuns", "limit", ...PROGRAM_OPTIONS, "tracer"],
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
