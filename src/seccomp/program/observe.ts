/** The observed half: which calls one native run makes, under strace. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../../base/cache-folder.ts";
import { Ledger } from "../../run/environment/ledger.ts";
import { removeListed } from "../../run/environment/sweep.ts";
import { nativeEnv, ROOTFS_PROGRAM } from "../../sandbox/program-env.ts";
import { type Recording, recordScenario } from "../../sandbox/seccomp/record.ts";
import type { Scenario } from "../../workload/catalogue.ts";
import { buildTrue } from "../../workload/programs.ts";
import { makeRootfs } from "../../workload/rootfs.ts";

const RECORD_LIMIT_MS = 120_000;

/** In the caller's folder and environment, its standard input empty. @throws SbxError (exit code 4) where the run fails */
export function observeProgram(program: string, args: readonly string[]): Promise<Recording> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return inScratch((dir) =>
    recordScenario({
      program: [program, ...args],
      env,
      cwd: process.cwd(),
      traceDir: dir,
      timeoutMs: RECORD_LIMIT_MS,
    }),
  );
}

/** As `native` runs it, with the parameters of the quick preset. @throws SbxError (exit code 4) where the run fails */
export async function observeScenario(scenario: Scenario, program: string): Promise<Recording> {
  const rootfs = await makeRootfs(program, await buildTrue());
  return inScratch((dir) => {
    const [bindDir, tmpfsDir] = [join(dir, "bind"), join(dir, "tmpfs")];
    for (const folder of [bindDir, tmpfsDir]) mkdirSync(folder, { recursive: true });
    return recordScenario({
      program: [join(rootfs, ROOTFS_PROGRAM)],
      env: nativeEnv(
        { SBX_PARAMS: JSON.stringify(scenario.params), SBX_NETWORK: "host" },
        { rootfs, bindDir, hostTmpfsDir: tmpfsDir },
      ),
      cwd: dir,
      traceDir: dir,
      timeoutMs: RECORD_LIMIT_MS,
    });
  });
}

/** The folder is in a ledger, so that a killed run leaves nothing behind. */
async function inScratch(work: (dir: string) => Promise<Recording>): Promise<Recording> {
  const ledger = new Ledger(`record-${process.pid}-${Date.now().toString(36)}`);
  try {
    const dir = cacheDir("scratch", ledger.runId);
    ledger.add({ kind: "folder", path: dir });
    mkdirSync(dir, { recursive: true });
    return await work(dir);
  } finally {
    const { failed } = await removeListed(ledger);
    if (failed.length === 0) ledger.close();
  }
}
