/** The runscs under the tools folder: what `sbx-bench runsc install` and setup.sh put there. Reads only. */
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../base/cache-folder.ts";
import { SbxError } from "../base/errors.ts";

export const RECORD_FILE = "runsc.json";

/** Written beside a runsc when it is installed. */
export type RunscRecord = {
  version: string;
  /** Hex. */
  sha256: string;
  /** `module gvisor.dev/gvisor/runsc@v0.0.0-...`, `Debian package runsc 0.0~...` */
  source: string;
  /** ISO 8601. */
  installedAt: string;
  /** Names that it was asked for by: `latest`, `debian`. */
  asked: string[];
};

export type InstalledRunsc = {
  /** Name of its folder: `go-20260905`, `debian-0.0~20240729.0-4~bpo12+2`. */
  name: string;
  path: string;
  /** `null` for one that setup.sh built. */
  record: RunscRecord | null;
  /** The one that a run takes when it names none. */
  isDefault: boolean;
};

/** Folder of all of them, one folder each; `current` links to the default. */
export function runscFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), "tools", "runsc");
}

/** By name; a folder without a runsc is none. */
export function installedRunscs(env: NodeJS.ProcessEnv): InstalledRunsc[] {
  const folder = runscFolder(env);
  if (!existsSync(folder)) return [];
  const current = linkOf(join(folder, "current"));
  return readdirSync(folder)
    .filter((name) => name !== "current" && !name.startsWith("."))
    .filter((name) => existsSync(join(folder, name, "runsc")))
    .sort()
    .map((name) => ({
      name,
      path: join(folder, name, "runsc"),
      record: readRecord(join(folder, name, RECORD_FILE)),
      isDefault: name === current,
    }));
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function readRecord(file: string): RunscRecord | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as RunscRecord;
  } catch (error) {
    throw new SbxError({
      what: `The record of an installed runsc can't be read: ${file}`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Remove its folder and install it again: sbx-bench runsc install",
      exitCode: 4,
    });
  }
}

/**
 * @param wanted a name that it was asked for by (`latest`, `debian`), its folder's name, or a part of
 *   its name that is a version (`20240729`)
 * @throws SbxError (exit code 4) when none or several are meant
 */
export function findInstalled(wanted: string, installed: readonly InstalledRunsc[]): InstalledRunsc {
  const meant = candidates(wanted, installed);
  if (meant.length === 1) return meant[0]!;
  const names = installed.map(({ name }) => name).join(", ") || "none";
  if (meant.length > 1) {
    throw new SbxError({
      what: `"${wanted}" could be any of several installed runscs`,
      why: `It fits ${meant.map(({ name }) => name).join(", ")}.`,
      fix: "Name one of them in full.",
      exitCode: 4,
    });
  }
  throw new SbxError({
    what: `runsc ${wanted} is not installed`,
    why: `Installed: ${names}.`,
    fix: `Install it (\`sbx-bench runsc install ${wanted}\`), or give a path: ./${wanted}`,
    exitCode: 4,
  });
}

function candidates(wanted: string, installed: readonly InstalledRunsc[]): InstalledRunsc[] {
  const exact = installed.filter(({ name, record }) => name === wanted || record?.version === wanted);
  if (exact.length > 0) return exact;
  const asked = installed.filter(
    ({ name, record }) =>
      record?.asked.includes(wanted) || (wanted === "debian" && name.startsWith("debian-")),
  );
  // Of several that were once `latest`, the last one asked for is meant.
  if (asked.length > 0)
    return [asked.reduce((last, one) => (installedAt(one) > installedAt(last) ? one : last))];
  return /\d{6}/.test(wanted)
    ? installed.filter(({ name, record }) => [name, record?.source].some((text) => text?.includes(wanted)))
    : [];
}

function installedAt({ record }: InstalledRunsc): string {
  return record?.installedAt ?? "";
}

/** The same file by another path is the same runsc. */
export function installedAs(path: string, installed: readonly InstalledRunsc[]): InstalledRunsc | null {
  const real = realpathSync(path);
  return installed.find((one) => realpathSync(one.path) === real) ?? null;
}
