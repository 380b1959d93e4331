/** The folder of the baselines: `NAME/FINGERPRINT.ndjson`, one name for as many kinds of host as measure. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { isFolder } from "../../base/is-folder.ts";
import { didYouMean } from "../../base/nearest.ts";
import { readText } from "../../base/read-json.ts";
import { reasonOf } from "../../base/reason.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import { type DifferingField, differingFields } from "../../samples/differing-fields.ts";
import type { Fingerprint } from "../../samples/run-manifest.ts";
import { type StoredRun, skippedText } from "../stored-run.ts";
import { isBaselineName, requireBaselineName } from "./baseline-name.ts";
import { decodeBaseline } from "./decode.ts";
import { encodeBaseline } from "./encode.ts";

const EXTENSION = ".ndjson";

/** Names under which baselines are kept in `dir`, in alphabetical order. */
export function baselineNames(dir: string): string[] {
  if (!isFolder(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && baselineFiles(dir, entry.name).length > 0)
    .map((entry) => entry.name)
    .sort();
}

/** Files of one name, one a fingerprint. */
export function baselineFiles(dir: string, name: string): string[] {
  const folder = join(dir, name);
  if (!isBaselineName(name) || !isFolder(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(EXTENSION))
    .sort()
    .map((file) => join(folder, file));
}

/**
 * Keeps a run under a name; for another fingerprint of the same name beside it.
 *
 * @returns the file
 * @throws SbxError (exit code 2) for a name that is no file name, for a run in which nothing was measured or
 *   that was interrupted, and for a name that is taken for this fingerprint; `force` overrides the last two
 */
export function saveBaseline(name: string, run: StoredRun, dir: string, force: boolean): string {
  requireBaselineName(name);
  requireMeasured(run, force);
  const folder = join(dir, name);
  const file = join(folder, `${run.manifest.fingerprint.id}${EXTENSION}`);
  const content = encodeBaseline(run.manifest, run.launches);
  if (existsSync(file) && !force && readText(file) !== content) {
    throw new SbxError({
      what: `There is a baseline ${name} for this host already`,
      why: `${file} holds other figures.`,
      fix: "Overwrite it with --force, or choose another name.",
    });
  }
  try {
    mkdirSync(folder, { recursive: true });
    writeAtomically(file, content);
  } catch (error) {
    throw new SbxError({
      what: `The baseline ${name} can't be written to ${folder}`,
      why: reasonOf(error),
      fix: "Choose another folder with --dir, or free its place.",
      exitCode: 4,
      cause: error,
    });
  }
  return file;
}

/** @throws SbxError (exit code 2) when it can't be read, is of another schema version or not whole */
export function readBaseline(file: string): StoredRun {
  const { manifest, launches } = decodeBaseline(readText(file), file);
  return {
    kind: "baseline",
    label: basename(join(file, "..")),
    path: file,
    manifest,
    launches,
    skipped: [],
    remark: null,
  };
}

/**
 * The baseline of that name for a host: the one with its fingerprint, or else the one that differs from it in
 * the fewest fields.
 *
 * @param host `null` = any host, the first by its id
 * @returns with `unlike` empty when the fingerprint is the same; a caller that goes on with another says so
 * @throws SbxError (exit code 2) for a name that does not exist, with the nearest one, and for a broken file
 */
export function loadBaseline(
  name: string,
  dir: string,
  host: Fingerprint | null,
): StoredRun & { unlike: DifferingField[] } {
  const files = requireFiles(name, dir);
  const exact = files.find((file) => basename(file, EXTENSION) === host?.id);
  const found = (exact === undefined ? files : [exact]).map((file) => {
    const run = readBaseline(file);
    return { ...run, unlike: host === null ? [] : differingFields(run.manifest.fingerprint, host) };
  });
  return found.reduce((best, one) => (one.unlike.length < best.unlike.length ? one : best));
}

/**
 * @param fingerprint start of a fingerprint's id; `null` = all of that name
 * @returns the files that are gone now
 * @throws SbxError (exit code 2) when there is none
 */
export function removeBaseline(name: string, dir: string, fingerprint: string | null): string[] {
  const files = selectFingerprint(name, requireFiles(name, dir), fingerprint);
  for (const file of files) rmSync(file);
  const folder = join(dir, name);
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  return files;
}

/**
 * Files of a name, of one fingerprint or of all.
 *
 * @throws SbxError (exit code 2) when there is none
 */
export function findBaselines(name: string, dir: string, fingerprint: string | null): string[] {
  return selectFingerprint(name, requireFiles(name, dir), fingerprint);
}

function selectFingerprint(name: string, files: string[], fingerprint: string | null): string[] {
  const selected = files.filter((file) => fingerprint === null || basename(file).startsWith(fingerprint));
  if (selected.length > 0) return selected;
  const known = files.map((file) => basename(file, EXTENSION));
  throw new SbxError({
    what: `The baseline ${name} has no fingerprint ${fingerprint}`,
    why: `It has ${known.join(", ")}.${didYouMean(String(fingerprint), known)}`,
    fix: "Name one of them, or leave --fingerprint out.",
  });
}

function requireFiles(name: string, dir: string): string[] {
  const files = baselineFiles(dir, name);
  if (files.length > 0) return files;
  const known = baselineNames(dir);
  throw new SbxError({
    what: `There is no baseline ${name}`,
    why:
      known.length === 0
        ? `${dir} holds no baselines.`
        : `${dir} holds ${known.join(", ")}.${didYouMean(name, known)}`,
    fix: `Keep a run under that name with \`sbx-bench baseline save ${isBaselineName(name) ? name : "NAME"} [RUN]\`.`,
  });
}

function requireMeasured(run: StoredRun, force: boolean): void {
  const { manifest, launches, skipped } = run;
  if (!launches.some(({ status }) => status === "ok")) {
    throw new SbxError({
      what: `Run ${manifest.runId} can't be a baseline`,
      why:
        launches.length === 0
          ? `It has no launches${skipped.length === 0 ? "" : ` that can be read: ${skippedText(skipped[0]!)}`}.`
          : `All of its ${launches.length} launches failed.`,
      fix: "Measure again with `sbx-bench run`; `sbx-bench report` shows why launches failed.",
    });
  }
  if (manifest.endedAt === null && !force) {
    throw new SbxError({
      what: `Run ${manifest.runId} is not finished`,
      why: "It was interrupted or is still under way, so cells have fewer launches than were asked for.",
      fix: `Finish it with \`sbx-bench run --resume ${manifest.runId}\`, or keep what it has with --force.`,
    });
  }
}
