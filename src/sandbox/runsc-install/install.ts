/** `sbx-bench runsc install`: a runsc into the tools folder, with a record of what it is. Changes no default. */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { refuseChanged, sha256Of, versionOf } from "../../probe/runsc-binaries.ts";
import {
  type InstalledRunsc,
  installedRunscs,
  RECORD_FILE,
  type RunscRecord,
  runscFolder,
} from "../../probe/runsc-store.ts";
import { fetchFromDebian } from "./from-debian.ts";
import { buildModule, moduleSource, moduleVersionOf, resolveModule } from "./from-module.ts";

export type InstallOptions = {
  /** Build or fetch it again, also where it is there. */
  force: boolean;
  env: NodeJS.ProcessEnv;
  onProgress(message: string): void;
};

export type Installed = {
  name: string;
  path: string;
  record: RunscRecord;
  /** False where it was there already. */
  isNew: boolean;
};

/**
 * @param wanted `latest`, `debian`, or a version, commit or branch of the Go module
 * @throws SbxError where it can't be had, and where the one that is there is not what was installed
 */
export async function installRunsc(wanted: string, options: InstallOptions): Promise<Installed> {
  const folder = runscFolder(options.env);
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(folder, ".unfinished."));
  try {
    return await (wanted === "debian" ? installDebian : installModule)(wanted, scratch, options);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function installModule(wanted: string, scratch: string, options: InstallOptions): Promise<Installed> {
  const { env, onProgress } = options;
  refuseReleaseTag(wanted);
  onProgress(`asking the module proxy for ${wanted}`);
  const { version, resolved } = await resolveModule(wanted, scratch, env);
  if (resolved !== null) onProgress(`${wanted} is ${version}: ${resolved}`);
  const source = moduleSource(version);
  const there = await findBuilt(version, source, scratch, env);
  if (there !== null && !options.force) return keep(there, wanted, source, env);
  const name = there?.name ?? nameOf(version);
  onProgress(`building runsc ${version}, 1 to 3 minutes`);
  const program = await buildModule(version, name, scratch, env);
  return place(program, name, wanted, source, env);
}

async function installDebian(wanted: string, scratch: string, options: InstallOptions): Promise<Installed> {
  const { env, onProgress } = options;
  onProgress("fetching Debian's runsc from backports");
  const { program, packageVersion } = await fetchFromDebian(scratch, env);
  const name = `debian-${packageVersion}`;
  const source = `Debian package runsc ${packageVersion}`;
  const there = installedRunscs(env).find((one) => one.name === name);
  if (there !== undefined && !options.force) return keep(there, wanted, source, env);
  return place(program, name, wanted, source, env);
}

/** gVisor's release tags are on another branch than its Go module. */
function refuseReleaseTag(wanted: string): void {
  if (!/^(release-)?\d{8}(\.\d+)?$/.test(wanted)) return;
  throw new SbxError({
    what: `${wanted} is a release of gVisor, and its Go module has none`,
    why: "The module is a branch of its own, `go`, whose versions are named after a commit.",
    fix: "sbx-bench runsc install latest, or a pseudo-version (v0.0.0-20260905035102-160fafc42237); `debian` is 20240729.",
  });
}

/** `v0.0.0-20260905035102-160fafc42237` -> `go-20260905-160fafc42237` */
function nameOf(version: string): string {
  const [, day, commit] = /^v0\.0\.0-(\d{8})\d{6}-([0-9a-f]+)$/.exec(version) ?? [];
  return day === undefined ? `go-${version}` : `go-${day}-${commit}`;
}

/** One that setup.sh built has no record, but its build information. */
async function findBuilt(
  version: string,
  source: string,
  scratch: string,
  env: NodeJS.ProcessEnv,
): Promise<InstalledRunsc | null> {
  for (const one of installedRunscs(env)) {
    if (one.record?.source === source) return one;
    if (one.record === null && (await moduleVersionOf(one.path, scratch, env)) === version) return one;
  }
  return null;
}

async function keep(
  there: InstalledRunsc,
  wanted: string,
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<Installed> {
  const sha256 = await sha256Of(there.path);
  refuseChanged(there, sha256);
  const record: RunscRecord = {
    version: there.record?.version ?? (await versionOf(there.path, env)),
    sha256,
    source,
    // Anew, so that of several that were once `latest` the last one asked for is meant.
    installedAt: new Date().toISOString(),
    asked: [...new Set([...(there.record?.asked ?? []), wanted])],
  };
  writeRecord(there.path, record);
  return { name: there.name, path: there.path, record, isNew: false };
}

async function place(
  program: string,
  name: string,
  wanted: string,
  source: string,
  env: NodeJS.ProcessEnv,
): Promise<Installed> {
  const version = await versionOf(program, env);
  const record: RunscRecord = {
    version,
    sha256: await sha256Of(program),
    source,
    installedAt: new Date().toISOString(),
    asked: [wanted],
  };
  const folder = join(runscFolder(env), name);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "runsc");
  // Beside it and renamed: a run that has the old one open keeps it.
  copyFileSync(program, `${path}.new`);
  chmodSync(`${path}.new`, 0o755);
  renameSync(`${path}.new`, path);
  writeRecord(path, record);
  return { name, path, record, isNew: true };
}

function writeRecord(program: string, record: RunscRecord): void {
  writeFileSync(join(program, "..", RECORD_FILE), `${JSON.stringify(record, null, 1)}\n`);
}
