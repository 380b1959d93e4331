/** A folder for everything that one program writes while it is run natively; nothing of it is left afterwards. */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { cacheDir } from "../base/cache-folder.ts";
import { makeCacheDir } from "../base/make-cache-dir.ts";
import { copyWork } from "../run/environment/host-folders.ts";
import { SEARCH_PATH } from "./locate-command.ts";
import type { ProfiledProgram } from "./profile-request.ts";

export type ProgramPlace = {
  /** A name without a slash is looked for in the program's PATH. */
  command: readonly [string, ...string[]];
  /** Folder of which it gets a writable copy, its work folder; `null` = an empty one. */
  work: string | null;
  /** Where it starts; `null` = its work folder, and a relative path starts there. */
  cwd: string | null;
  /** Beside PATH, HOME and TMPDIR (the work folder, and one in it) and LC_ALL=C, which it gets in every sandbox alike. */
  env: Readonly<Record<string, string>>;
  /** File that it reads as standard input; `null` = /dev/null. */
  stdin: string | null;
  expectExit: number;
};

export type ProgramFolder = { program: ProfiledProgram; scratchDir: string; workDir: string };

export async function inProgramFolder<T>(
  place: ProgramPlace,
  use: (folder: ProgramFolder) => Promise<T>,
): Promise<T> {
  const scratchDir = cacheDir("scratch", `profile-${process.pid}`);
  const workDir = join(scratchDir, "work");
  const tempDir = join(workDir, ".tmp");
  const program: ProfiledProgram = {
    command: place.command,
    cwd: resolve(workDir, place.cwd ?? "."),
    env: { PATH: SEARCH_PATH, HOME: workDir, TMPDIR: tempDir, LC_ALL: "C", ...place.env },
    stdin: place.stdin,
    expectExit: place.expectExit,
  };
  try {
    makeCacheDir("scratch");
    removeStale();
    mkdirSync(workDir, { recursive: true });
    if (place.work !== null) await copyWork(place.work, workDir);
    mkdirSync(tempDir, { recursive: true });
    return await use({ program, scratchDir, workDir });
  } finally {
    rmSync(scratchDir, { recursive: true, force: true });
  }
}

/** What a profile left that was killed without a chance to clean up. Its processes have died with it. */
function removeStale(): void {
  const scratch = cacheDir("scratch");
  for (const name of existsSync(scratch) ? readdirSync(scratch) : []) {
    const pid = /^profile-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    rmSync(join(scratch, name), { recursive: true, force: true });
  }
}
