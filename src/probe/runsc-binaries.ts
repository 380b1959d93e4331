/** The runscs that a run names -> programs that are runscs, with version and checksum, none of them twice. */
import { createHash } from "node:crypto";
import { accessSync, constants, createReadStream, realpathSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { RunscChoice } from "../axes/runsc-version.ts";
import { SbxError } from "../base/errors.ts";
import { findInstalled, type InstalledRunsc, installedAs, installedRunscs } from "./runsc-store.ts";
import { askRunsc, findTools } from "./tools.ts";

export type RunscBinary = {
  label: string;
  path: string;
  version: string;
  /** Hex. */
  sha256: string;
  /** Where it is from. */
  source: string;
};

/** @throws SbxError for the first that can't be used, and for two with the same content */
export async function runscBinaries(
  choices: readonly RunscChoice[],
  env: NodeJS.ProcessEnv,
): Promise<RunscBinary[]> {
  const installed = installedRunscs(env);
  const found: RunscBinary[] = [];
  for (const choice of choices) {
    const binary = await binaryOf(choice, installed, env);
    const same = found.find(({ sha256 }) => sha256 === binary.sha256);
    if (same !== undefined) {
      throw new SbxError({
        what: `"${same.label}" and "${binary.label}" are the same runsc`,
        why: `Both are ${binary.version}, with the checksum ${binary.sha256.slice(0, 12)}.`,
        fix: "Leave one of them out; to learn how far two equal ones differ, use run --aa.",
      });
    }
    found.push(binary);
  }
  return found;
}

async function binaryOf(
  { label, wanted }: RunscChoice,
  installed: readonly InstalledRunsc[],
  env: NodeJS.ProcessEnv,
): Promise<RunscBinary> {
  const path = await pathOf(wanted, installed, env);
  refuseUnlessExecutable(path);
  const entry = installedAs(path, installed);
  const sha256 = await sha256Of(path);
  if (entry !== null) refuseChanged(entry, sha256);
  const version = await versionOf(path, env);
  return { label, path, version, sha256, source: entry?.record?.source ?? path };
}

async function pathOf(
  wanted: string,
  installed: readonly InstalledRunsc[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (wanted.includes("/")) return wanted;
  if (wanted !== "default") return findInstalled(wanted, installed).path;
  const { path, reason, fix } = (await findTools(env)).runsc;
  // Behind setup's link, which may point elsewhere before the run is over.
  if (path !== null) return realpathSync(path);
  throw new SbxError({
    what: "There is no default runsc",
    why: `${reason ?? "none was found"}.`,
    fix: fix ?? "Run `sbx-bench setup`.",
    exitCode: 4,
  });
}

function refuseUnlessExecutable(path: string): void {
  let why: string | null = null;
  try {
    accessSync(path, constants.X_OK);
    if (!statSync(path).isFile()) why = "It is a folder.";
  } catch (error) {
    why =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "There is no such file." : "It is not executable.";
  }
  if (why === null) return;
  throw new SbxError({ what: `${path} is no runsc`, why, fix: "Give the path of a runsc program." });
}

/** @throws SbxError for a program that is no runsc, and for a runsc that can't say which one it is */
export async function versionOf(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { isRunsc, version, said } = await askRunsc(path, env);
  if (!isRunsc) {
    throw new SbxError({
      what: `${path} is no runsc`,
      why: `Asked with --version, it does not answer "runsc version ..." but ${said === "" ? "nothing" : `"${said.slice(0, 80)}"`}.`,
      fix: "Give the path of a runsc program; `sbx-bench runsc list` shows the installed ones.",
    });
  }
  if (version !== null) return version;
  throw new SbxError({
    what: `${path} has no version`,
    why: "It says none, and its build information names no version of gvisor.dev/gvisor: a result could not be told from another build's.",
    fix: "Build it with -ldflags '-X gvisor.dev/gvisor/runsc/version.version=NAME', or install it: sbx-bench runsc install VERSION",
  });
}

/** What was installed and what is there now are not the same program. */
export function refuseChanged({ name, path, record }: InstalledRunsc, sha256: string): void {
  if (record === null || record.sha256 === sha256) return;
  throw new SbxError({
    what: `The checksum of the installed runsc ${name} changed`,
    why: `It was ${record.sha256.slice(0, 12)} when it was installed (${record.installedAt.slice(0, 10)}), and ${path} has ${sha256.slice(0, 12)} now.`,
    fix: `Find out who replaced it; to have it anew: sbx-bench runsc install --force ${record.asked[0] ?? name}`,
    exitCode: 4,
  });
}

/** About 0.1 s for the 80 MB of a runsc. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
