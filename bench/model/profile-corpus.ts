/** A profile of every program of a run's corpus, natively, beside the run: `profiles/NAME.json`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SbxError } from "../../src/base/errors.ts";
import { TOOL_VERSION } from "../../src/base/tool-version.ts";
import { PROFILE_DEFAULTS } from "../../src/config/defaults.ts";
import { resolveConfig } from "../../src/config/resolve.ts";
import { recordProfile } from "../../src/profile/record-profile.ts";
import { readRunProfiles, writeRunProfile } from "../../src/store/run-profiles.ts";
import { probeHere } from "../../src/use-cases/probe-host.ts";
import { corpusUses } from "./collect.ts";
import type { CorpusUse } from "./corpus-uses.ts";

const REPETITIONS = { repeat: 1, warmup: 1, memoryAt: 0 };

/** Records what is not there yet. @returns programs that could not be profiled, with the reason */
export async function profileCorpus(
  dir: string,
  programs: readonly string[],
  onProgress: (message: string) => void,
): Promise<{ program: string; reason: string }[]> {
  const { uses } = await corpusUses({ programs, repetitions: REPETITIONS });
  const known = readRunProfiles(dir).profiles;
  const failed: { program: string; reason: string }[] = [];
  for (const use of uses) {
    // The static program that exits at once is a yardstick, and has no command to profile.
    if (known.has(use.as) || [use.params.argv ?? []].flat().length === 0) continue;
    onProgress(`profile of ${use.as}`);
    try {
      writeRunProfile(dir, use.as, await profileOf(use));
    } catch (error) {
      if (!(error instanceof SbxError)) throw error;
      failed.push({ program: use.as, reason: `${error.what}: ${error.why}` });
    }
  }
  return failed;
}

async function profileOf({ params }: CorpusUse) {
  const probe = await probeHere(resolveConfig({}, {}, "bench/model", process.cwd()), false, () => undefined);
  const empty = mkdtempSync(join(tmpdir(), "sbx-bench-profile-"));
  try {
    const env = ((params.env ?? []) as string[]).map((text): [string, string] => {
      const at = text.indexOf("=");
      return [text.slice(0, at), text.slice(at + 1)];
    });
    return await recordProfile({
      command: params.argv as [string, ...string[]],
      work: params.work === undefined || params.work === "" ? empty : String(params.work),
      cwd: null,
      env: Object.fromEntries(env),
      stdin: params.stdin === undefined || params.stdin === "" ? null : String(params.stdin),
      expectExit: 0,
      runs: PROFILE_DEFAULTS.runs,
      tracedRuns: PROFILE_DEFAULTS.tracedRuns,
      limitMs: PROFILE_DEFAULTS.limitSeconds * 1000,
      tracedLimitMs: PROFILE_DEFAULTS.limitSeconds * PROFILE_DEFAULTS.tracedLimitFactor * 1000,
      tracer: "auto",
      host: {
        fingerprint: probe.fingerprint,
        toolVersion: TOOL_VERSION,
        hasConstantTsc: probe.processor.constantTsc,
        strace: probe.tools.strace.path,
        perf: probe.tools.perf.path,
      },
      abort: new AbortController().signal,
      onProgress: () => undefined,
    });
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}
