/** The installed runscs, and the one of the host where a run would take that. */
import { sha256Of } from "../probe/runsc-binaries.ts";
import { installedAs, installedRunscs } from "../probe/runsc-store.ts";
import { askRunsc, findTools } from "../probe/tools.ts";

export type RunscRow = {
  /** `null` for one that is not in the tools folder. */
  name: string | null;
  /** Names that it was asked for by. */
  asked: string[];
  /** `null` where it does not say. */
  version: string | null;
  /** Hex, of the program as it is now. */
  sha256: string;
  /** The program is no longer the one that was installed. */
  changed: boolean;
  source: string;
  path: string;
  /** What a run takes that names none. */
  default: boolean;
};

export async function runscRows(env: NodeJS.ProcessEnv): Promise<RunscRow[]> {
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

export function runscTable(rows: readonly RunscRow[]): string {
  if (rows.length === 0) return "No runsc is installed: sbx-bench runsc install latest\n";
  return rows
    .map((row) => {
      const names = [row.name, ...row.asked.filter((name) => name !== row.name)].filter(
        (name) => name !== null,
      );
      return [
        `${row.default ? "*" : " "} ${names.join(", ") || row.path}`,
        `    version  ${row.version ?? "says none"}`,
        `    sha256   ${row.sha256}${row.changed ? "  CHANGED since it was installed: it will be refused" : ""}`,
        `    from     ${row.source}`,
        `    path     ${row.path}\n`,
      ].join("\n");
    })
    .join("")
    .concat("* what a run takes that names no --runsc\n");
}
