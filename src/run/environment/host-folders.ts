/** Which folders of the host the sandboxes of a scenario get that runs the host's programs (docs/programs.md). */
import { realpathSync, statSync } from "node:fs";
import { chmod, cp, readdir } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { SbxError } from "../../base/errors.ts";
import type { Bind } from "../../sandbox/driver.ts";
import type { Scenario } from "../../workload/catalogue.ts";
import type { RootfsExtras } from "../../workload/rootfs.ts";

export type HostFolders = RootfsExtras & {
  binds: Bind[];
  /** Folder of which each cell gets a writable copy; null = an empty one. */
  work: string | null;
};

export const NO_FOLDERS: HostFolders = { binds: [], mountPoints: [], links: {}, work: null };

/** Stands for where a distribution keeps programs, libraries and their settings. */
const SYSTEM = "system";
const SYSTEM_FOLDERS = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/libx32", "/lib64", "/etc"];
/** The sandbox has these for itself. */
const OWN = /^\/((proc|sys|dev)(\/.*)?|tmp|scratch|bind)?$/;
/** On a tmpfs of the sandbox, where mount points of the root file system can't be seen. */
const ON_TMPFS = /^\/(tmp|scratch)\//;

/** @throws SbxError (exit code 2) for a folder that is missing or can't be given to a sandbox */
export function hostFolders(
  scenario: Pick<Scenario, "as" | "params"> & { definition: Pick<Scenario["definition"], "hostPrograms"> },
): HostFolders {
  if (scenario.definition.hostPrograms !== true) return NO_FOLDERS;
  const { binds = [], work = "" } = scenario.params as { binds?: string[]; work?: string };
  const links: Record<string, string> = {};
  const found: Bind[] = [];
  for (const { path, readOnly } of binds.flatMap((text) => parseBind(text))) {
    const real = realFolder(path, scenario.as, "binds");
    if (OWN.test(path) || OWN.test(real)) throw ownFolder(path, scenario.as);
    if (real !== path) links[path] = real;
    found.push({ path: real, readOnly });
  }
  const kept = withoutCovered(found);
  return {
    binds: kept,
    mountPoints: kept.map(({ path }) => path).filter((path) => !ON_TMPFS.test(path)),
    links,
    work: work === "" ? null : realFolder(work, scenario.as, "work"),
  };
}

/** `/srv/data` (read-only), `/srv/data:ro`, `/srv/data:rw`, or `system`: those of its folders that this host has. */
function parseBind(text: string): Bind[] {
  if (text === SYSTEM) {
    const there = SYSTEM_FOLDERS.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory());
    return there.map((path) => ({ path, readOnly: true }));
  }
  const [, path = text, mode] = /^(.*?)(?::(ro|rw))?$/.exec(text) ?? [];
  return [{ path: normalize(path).replace(/(?<=.)\/$/, ""), readOnly: mode !== "rw" }];
}

/** Parents first, and without what its parent brings along anyway: /usr/bin beside /usr. */
function withoutCovered(binds: readonly Bind[]): Bind[] {
  const kept: Bind[] = [];
  for (const bind of [...binds].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const nearest = kept.findLast(({ path }) => bind.path === path || bind.path.startsWith(`${path}/`));
    if (nearest?.readOnly !== bind.readOnly) kept.push(bind);
  }
  return kept;
}

function realFolder(path: string, scenario: string, parameter: string): string {
  const refused = (why: string) =>
    new SbxError({
      what: `Scenario "${scenario}" can't get the folder ${path}`,
      why,
      fix: `Correct scenarios[...].params.${parameter} of "${scenario}": absolute paths of folders.`,
    });
  if (!isAbsolute(path)) throw refused("It is no absolute path.");
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw refused("It does not exist.");
  if (!found.isDirectory()) throw refused("It is no folder.");
  return realpathSync(path);
}

function ownFolder(path: string, scenario: string): SbxError {
  return new SbxError({
    what: `Scenario "${scenario}" can't get the folder ${path}`,
    why: "Every sandbox has a folder of its own there.",
    fix: "Name the folders below it that the program needs.",
  });
}

/** The program may be another user inside, so the copy is everybody's. */
export async function copyWork(work: string, bindDir: string): Promise<void> {
  await cp(work, bindDir, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const entries = await readdir(bindDir, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o777);
    else if (entry.isFile()) await chmod(path, (statSync(path).mode & 0o111) === 0 ? 0o666 : 0o777);
  }
}
