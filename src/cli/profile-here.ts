/** Options of everything that profiles a program, and the profiling itself. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SbxError } from "../base/errors.ts";
import { PROFILE_DEFAULTS } from "../config/defaults.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { locateCommand } from "../profile/locate-command.ts";
import { type ProfileInput, recordProfile } from "../profile/record-profile.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { durationTimes } from "./duration-option.ts";
import { note } from "./note.ts";
import { wholeNumber } from "./options/number-option.ts";
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
        .argParser(variable)
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

/**
 * @returns `null` when a signal broke it off, which is said
 * @throws SbxError where the program can't be profiled: see `recordProfile`
 */
export async function profileHere(
  command: readonly [string, ...string[]],
  flags: ProfileFlags,
  probe: Pick<HostProbe, "fingerprint" | "processor" | "tools">,
): Promise<ProgramProfile | null> {
  return stopOnSignals((abort) =>
    recordUnlessStopped({
      command: locateCommand(command, process.env.PATH ?? ""),
      ...foldersOf(flags),
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
}

/** A relative path starts in the copy where there is one, else here. */
function foldersOf({ work, cwd }: ProfileFlags): Pick<ProfileInput, "work" | "cwd"> {
  if (work === undefined) return { work: null, cwd: resolve(cwd ?? ".") };
  const folder = resolve(work);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) {
    return { work: folder, cwd: cwd ?? null };
  }
  throw new SbxError({
    what: `${work} can't be worked in`,
    why: "There is no such folder.",
    fix: "Name a folder; the program gets a copy of it.",
  });
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
