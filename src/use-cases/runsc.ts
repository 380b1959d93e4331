/** `runsc`: the installed ones, and the one of the host where a run would take that. */
import { environment } from "../base/environment.ts";
import { sha256Of } from "../probe/runsc-binaries.ts";
import { installedAs, installedRunscs } from "../probe/runsc-store.ts";
import { askRunsc, findTools } from "../probe/tools.ts";
import type { RunscRow } from "../report/runsc/terminal.ts";
import { type Installed, installRunsc } from "../sandbox/runsc-install/install.ts";
import type { UseCaseContext } from "./use-case.ts";

export type RunscInstallRequest = {
  /** `latest`, `debian`, or a version or commit of gVisor's branch go. */
  version: string;
  /** Build or fetch it again. */
  force: boolean;
};

/** @throws SbxError where it can't be had, and where the one that is there is not what was installed */
export function installVersion(
  { version, force }: RunscInstallRequest,
  { say }: UseCaseContext,
): Promise<Installed> {
  const onProgress = (message: string) => say({ type: "note", message: `${message} …` });
  return installRunsc(version, { force, env: environment(), onProgress });
}

export async function listRunscs(): Promise<RunscRow[]> {
  const env = environment();
  const installed = installedRunscs(env);
  const { path: chosen, version } = (await findTools(env)).runsc;
  const chosenEntry = chosen === null ? null : installedAs(chosen, installed);
  const rows = await Promise.all(
    installed.map(async (one): Promise<RunscRow> => {
      const sha256 = await sha256Of(one.path);
      return {
        name: one.name,
        asked: one.record?.asked ?? [],
        version: one.record?.version ?? (await askRunsc(one.path, env)).version,
        sha256,
        changed: one.record !== null && one.record.sha256 !== sha256,
        source: one.record?.source ?? (one.name.startsWith("debian-") ? "setup.sh, from Debian" : "setup.sh"),
        path: one.path,
        default: one === chosenEntry,
      };
    }),
  );
  if (chosen === null || chosenEntry !== null) return rows;
  const host = { name: null, asked: [], version, changed: false, source: "this host", path: chosen };
  return [...rows, { ...host, sha256: await sha256Of(chosen), default: true }];
}
