/** Profiles of the programs that a run measured: `profiles/NAME.json` in its folder. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { readJson } from "../base/read-json.ts";
import { writeAtomically } from "../base/write-atomically.ts";
import { type ProgramProfile, programProfile } from "../samples/program-profile.ts";
import type { Skipped } from "./stored-run.ts";

const FOLDER = "profiles";
const ENDING = ".json";

export type RunProfiles = {
  /** By the scenario's name in cell ids. */
  profiles: Map<string, ProgramProfile>;
  /** Files that are no profile; they are left out. */
  skipped: Skipped[];
};

/** @param dir the run's folder; one without profiles has none */
export function readRunProfiles(dir: string): RunProfiles {
  const folder = join(dir, FOLDER);
  const found: RunProfiles = { profiles: new Map(), skipped: [] };
  if (!existsSync(folder)) return found;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(ENDING)) continue;
    const file = join(folder, name);
    const parsed = programProfile.safeParse(jsonOrNull(file));
    if (parsed.success) found.profiles.set(basename(name, ENDING), parsed.data);
    else found.skipped.push({ file, line: null, message: "is no profile of this version" });
  }
  return found;
}

export function writeRunProfile(dir: string, program: string, profile: ProgramProfile): void {
  mkdirSync(join(dir, FOLDER), { recursive: true });
  writeAtomically(join(dir, FOLDER, `${program}${ENDING}`), `${JSON.stringify(profile, null, 1)}\n`);
}

function jsonOrNull(file: string): unknown {
  try {
    return readJson(file);
  } catch {
    return null;
  }
}
