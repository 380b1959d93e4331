/** `probes/ID.json` below the folder of the runs. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { SbxError } from "../../base/errors.ts";
import { didYouMean } from "../../base/nearest.ts";
import { readJson } from "../../base/read-json.ts";
import { reasonOf } from "../../base/reason.ts";
import { writeAtomically } from "../../base/write-atomically.ts";
import { PROBES_SCHEMA, type ProbesResult, probesSchema } from "../../isolation/result.ts";

const PROBES_FOLDER = "probes";
const LATEST = "latest";

/** @returns its path. @throws SbxError (exit code 4) when it can't be written */
export function storeProbes(out: string, result: ProbesResult): string {
  const dir = join(out, PROBES_FOLDER);
  const file = join(dir, `${result.id}.json`);
  try {
    mkdirSync(dir, { recursive: true });
    writeAtomically(file, `${JSON.stringify(result, null, 1)}\n`);
    return file;
  } catch (error) {
    throw new SbxError({
      what: `The results can't be written to ${dir}`,
      why: reasonOf(error),
      fix: "Choose another folder with --out.",
      exitCode: 4,
      cause: error,
    });
  }
}

/**
 * @param named id of a result below `out`, `latest`, or a file
 * @throws SbxError (exit code 2) where there is none, or it can't be read
 */
export function loadProbes(named: string, out: string): ProbesResult {
  const ids = storedIds(out);
  const newest = ids.at(-1);
  if (named === LATEST && newest === undefined) {
    throw new SbxError({
      what: "There are no results of probes yet",
      why: `${join(out, PROBES_FOLDER)} holds none.`,
      fix: "Make some with `sbx-bench probes`.",
    });
  }
  const id = named === LATEST ? newest! : named;
  const stored = join(out, PROBES_FOLDER, `${id}.json`);
  const file = ids.includes(id) ? stored : resolve(named);
  if (!existsSync(file)) {
    throw new SbxError({
      what: `There is no result of probes ${named}`,
      why: `It is neither a file nor one of the ${ids.length} in ${join(out, PROBES_FOLDER)}.${didYouMean(named, ids)}`,
      fix: "Name one of them, a file, or latest.",
    });
  }
  return readProbes(file);
}

/** The newest that was broken off. @throws SbxError (exit code 2) where there is none */
export function loadUnfinished(named: string | null, out: string): ProbesResult {
  const found = named === null ? readable(out) : [loadProbes(named, out)];
  const unfinished = found.find(({ endedAt }) => endedAt === null);
  if (unfinished !== undefined) return unfinished;
  throw new SbxError({
    what: named === null ? "There is nothing to resume" : `${named} can't be resumed`,
    why: named === null ? "No run of the probes was broken off." : "It is complete.",
    fix: "Start a new one without --resume.",
  });
}

/** The newest first. One broken file is no reason not to find the others. */
function readable(out: string): ProbesResult[] {
  return storedIds(out)
    .toReversed()
    .flatMap((id) => {
      try {
        return [loadProbes(id, out)];
      } catch (error) {
        if (error instanceof SbxError) return [];
        throw error;
      }
    });
}

/** They sort by time. */
function storedIds(out: string): string[] {
  const dir = join(out, PROBES_FOLDER);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort();
}

function readProbes(file: string): ProbesResult {
  const refused = (why: string, cause?: unknown) =>
    new SbxError({
      what: `${file} is not a readable result of probes`,
      why,
      fix: "Name a file that `sbx-bench probes` wrote, of this version.",
      cause,
    });
  let value: unknown;
  try {
    value = readJson(file);
  } catch (error) {
    throw refused(reasonOf(error), error);
  }
  const { data, error } = probesSchema.safeParse(value);
  if (data !== undefined) return data;
  const issue = error.issues[0];
  throw refused(`It is no ${PROBES_SCHEMA}: ${issue?.path.join(".") || "the file"}: ${issue?.message}`);
}
