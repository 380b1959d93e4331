/** Runs a program under a filter that kills, and without one: its output and end have to be the same. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { OciSeccomp } from "../../src/sandbox/seccomp/oci-profile.ts";
import type { Subject } from "./programs.ts";

const LIMIT_MS = 60_000;

export type Outcome = { ok: boolean; how: string };

/** @param launcher path of sbx-launch; @param profile `null` = no filter */
async function runOnce(
  subject: Subject,
  launcher: string,
  profile: OciSeccomp | null,
  dir: string,
): Promise<{ stdout: string; end: string }> {
  const config = join(dir, `${subject.name}.json`);
  writeFileSync(config, JSON.stringify({ noNewPrivileges: true, cwd: subject.cwd, seccomp: profile }));
  const done = await execa("unshare", ["--mount", launcher, config, "--", ...subject.command], {
    input: subject.stdin,
    reject: false,
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  return { stdout: done.stdout, end: done.signal ?? `exit code ${done.exitCode}` };
}

/** Versions, times and addresses differ from run to run in no program here, so that the whole output has to agree. */
export async function enforce(
  subject: Subject,
  launcher: string,
  profile: OciSeccomp,
  { runs, dir }: { runs: number; dir: string },
): Promise<Outcome[]> {
  const bare = await runOnce(subject, launcher, null, dir);
  const outcomes: Outcome[] = [];
  for (let run = 0; run < runs; run++) {
    const filtered = await runOnce(subject, launcher, profile, dir);
    const ok = filtered.end === bare.end && filtered.stdout === bare.stdout;
    outcomes.push({ ok, how: ok ? bare.end : `${filtered.end} instead of ${bare.end}` });
  }
  return outcomes;
}
