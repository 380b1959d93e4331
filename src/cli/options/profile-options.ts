/** Options of everything that profiles a program. */
import { type Command, Option } from "commander";
import { PROFILE_DEFAULTS } from "../../config/defaults.ts";
import type { ProfileSettings } from "../../use-cases/profile.ts";
import { durationTimes } from "./duration-option.ts";
import { wholeNumber } from "./number-option.ts";
import { addProgramOptions, PROGRAM_OPTIONS, type ProgramFlags } from "./program-options.ts";
import { refuseWithoutEffect } from "./without-effect.ts";

export type ProfileFlags = ProgramFlags & Omit<ProfileSettings, "limitMs"> & { limit: number };

export function profileSettings({ runs, tracedRuns, limit, tracer }: ProfileFlags): ProfileSettings {
  return { runs, tracedRuns, limitMs: limit, tracer };
}

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
