/** Files that `predict` and `tune` read: asked for before anything runs. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { TOOL_VERSION } from "../../base/tool-version.ts";
import type { HostProbe } from "../../probe/probe-host.ts";
import { readProfile } from "../../profile/profile-file.ts";
import type { ProgramProfile } from "../../samples/program-profile.ts";
import { loadRun } from "../../store/load-run.ts";

export type StoredInputs = {
  /** Id or folder of a run; `null` = the newest that fits. */
  run: string | null;
  /** File of a stored profile. */
  profile: string | null;
  /** Use a run or profile of another host. */
  allowUnlike: boolean;
};

/** @throws SbxError (exit code 2) for a profile or run that does not exist */
export function requireInputs({ run, profile }: StoredInputs, out: string): void {
  if (run !== null) loadRun(run, out);
  if (profile === null || statSync(profile, { throwIfNoEntry: false })?.isFile() === true) return;
  throw new SbxError({
    what: `The profile ${profile} can't be read`,
    why: `${resolve(profile)} is not a file.`,
    fix: "Record one: sbx-bench profile --out FILE -- COMMAND",
  });
}

/** @returns the one that was named, `null` without. @throws SbxError as `readProfile` */
export function storedProfile(
  { profile, allowUnlike }: StoredInputs,
  { fingerprint }: Pick<HostProbe, "fingerprint">,
): ProgramProfile | null {
  if (profile === null) return null;
  return readProfile(resolve(profile), {
    host: fingerprint,
    toolVersion: TOOL_VERSION,
    allowUnlike,
  });
}
