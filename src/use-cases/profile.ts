/** `profile`: what a program does when it runs natively. */
import { TOOL_VERSION } from "../base/tool-version.ts";
import { PROFILE_DEFAULTS } from "../config/defaults.ts";
import type { ResolvedConfig } from "../config/resolved-config.ts";
import type { HostProbe } from "../probe/probe-host.ts";
import { recordProfile } from "../profile/record-profile.ts";
import type { ProgramProfile } from "../samples/program-profile.ts";
import { probeHere } from "./probe-host.ts";
import type { ProgramInput } from "./program/program-input.ts";
import { interruptible, notesTo, type UseCaseContext } from "./use-case.ts";

export type ProfileSettings = {
  /** Without a tracer. */
  runs: number;
  tracedRuns: number;
  /** Of one run; under a tracer it is several times as long. */
  limitMs: number;
  /** auto is perf where it works, else strace. */
  tracer: "auto" | "strace";
};

export type ProfileRequest = {
  config: Pick<ResolvedConfig, "runsc" | "matrix">;
  /** As `programInput` has checked it. */
  program: ProgramInput;
  settings: ProfileSettings;
};

/**
 * @returns `null` where it was interrupted, which is said
 * @throws SbxError where the program can't be profiled: see `recordProfile`
 */
export async function profile(
  { config, program, settings }: ProfileRequest,
  context: UseCaseContext,
): Promise<ProgramProfile | null> {
  return profileProgram(program, settings, await probeHere(config, false, notesTo(context.say)), context);
}

/** As `profile`, on a host that was probed. */
export async function profileProgram(
  program: ProgramInput,
  settings: ProfileSettings,
  probe: Pick<HostProbe, "fingerprint" | "processor" | "tools">,
  context: UseCaseContext,
): Promise<ProgramProfile | null> {
  const { say, abort } = context;
  const input = {
    ...program,
    ...settings,
    tracedLimitMs: settings.limitMs * PROFILE_DEFAULTS.tracedLimitFactor,
    host: {
      fingerprint: probe.fingerprint,
      toolVersion: TOOL_VERSION,
      hasConstantTsc: probe.processor.constantTsc,
      strace: probe.tools.strace.path,
      perf: probe.tools.perf.path,
    },
    abort,
    onProgress: notesTo(say),
  };
  try {
    return await interruptible(context, () => recordProfile(input));
  } catch (error) {
    if (!abort.aborted) throw error;
    say({ type: "note", message: "The profile was interrupted; nothing is left of it." });
    return null;
  }
}
