/** The use case `seccomp record`: a scenario's allow-list from one native run under strace. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../base/cache-folder.ts";
import { SbxError } from "../base/errors.ts";
import { requireWritableFile } from "../base/require-writable.ts";
import { writeAtomically } from "../base/write-atomically.ts";
import { GENERATED_PROFILE } from "../sandbox/profile-of.ts";
import { nativeEnv, ROOTFS_PROGRAM } from "../sandbox/program-env.ts";
import { generateProfile } from "../sandbox/seccomp/generated.ts";
import { recordScenario } from "../sandbox/seccomp/record.ts";
import type { Scenario } from "../workload/catalogue.ts";
import { buildScenario, buildTrue } from "../workload/programs.ts";
import { makeRootfs } from "../workload/rootfs.ts";
import { Ledger } from "./environment/ledger.ts";
import { removeListed } from "./environment/sweep.ts";

const RECORD_LIMIT_MS = 120_000;

export type RecordedFilter = {
  file: string;
  /** Seen by strace. */
  recorded: string[];
  /** In the filter: recorded, the Go runtime's base set, and what a launcher calls before exec. */
  allowed: number;
  unnamed: string[];
};

/** @throws SbxError when strace is missing or the program fails under it */
export async function recordFilter(scenario: Scenario): Promise<RecordedFilter> {
  requireRecordable(scenario);
  const program = await buildScenario(scenario.dir);
  const rootfs = await makeRootfs(program, await buildTrue());
  const ledger = new Ledger(`record-${process.pid}-${Date.now().toString(36)}`);
  try {
    const dir = cacheDir("scratch", ledger.runId);
    ledger.add({ kind: "folder", path: dir });
    const [bindDir, tmpfsDir] = [join(dir, "bind"), join(dir, "tmpfs")];
    for (const folder of [bindDir, tmpfsDir]) mkdirSync(folder, { recursive: true });
    const recording = await recordScenario({
      program: [join(rootfs, ROOTFS_PROGRAM)],
      env: nativeEnv(
        { SBX_PARAMS: JSON.stringify(scenario.params), SBX_NETWORK: "host" },
        { rootfs, bindDir, hostTmpfsDir: tmpfsDir },
      ),
      cwd: dir,
      traceDir: dir,
      timeoutMs: RECORD_LIMIT_MS,
    });
    const profile = generateProfile(recording.syscalls);
    const file = join(scenario.dir, GENERATED_PROFILE);
    writeAtomically(file, `${JSON.stringify(profile, null, 2)}\n`);
    const allowed = new Set(profile.syscalls.flatMap((entry) => entry.names)).size;
    return { file, recorded: recording.syscalls, allowed, unnamed: recording.unnamed };
  } finally {
    const { failed } = await removeListed(ledger);
    if (failed.length === 0) ledger.close();
  }
}

/** @throws SbxError where no filter can be made of it, or written beside it */
export function requireRecordable(scenario: Scenario): void {
  if (scenario.definition.hostPrograms === true) {
    throw new SbxError({
      what: `No filter can be generated for the scenario "${scenario.as}"`,
      why: "It runs any program, and another one makes other system calls.",
      fix: "Name a profile of your own on the seccomp axis.",
    });
  }
  requireWritableFile("seccomp record", join(scenario.dir, GENERATED_PROFILE));
}
