import { readFileSync } from "node:fs";
import { SbxError } from "../../base/errors.ts";
import type { DensityResult } from "../../capacity/density/density-result.ts";
import { DENSITY_SCHEMA } from "../../capacity/density/density-types.ts";
import { differingFields } from "../../samples/differing-fields.ts";
import type { Fingerprint } from "../../samples/run-manifest.ts";

/** @throws SbxError (exit code 2) where it cannot be read, is something else, or is of another host */
export function readDensity(file: string, host: Fingerprint): DensityResult {
  const density = parsed(file);
  const fields = differingFields(density.fingerprint, host).map(
    ({ field, a, b }) => `${field}: ${a} there, ${b} here`,
  );
  if (fields.length === 0) return density;
  throw new SbxError({
    what: `--density ${file} is of another host than the run`,
    why: fields.join("\n"),
    fix: "Measure both on one host, or leave --density out.",
  });
}

function parsed(file: string): DensityResult {
  let read: Partial<DensityResult> | null;
  try {
    read = JSON.parse(readFileSync(file, "utf8")) as Partial<DensityResult> | null;
  } catch (cause) {
    throw unusable(file, cause instanceof Error ? cause.message : String(cause));
  }
  const isWhole = Array.isArray(read?.configurations) && read.room !== undefined && read.limits !== undefined;
  if (read?.schema !== DENSITY_SCHEMA || !isWhole)
    throw unusable(file, `Its schema is ${String(read?.schema)}, not ${DENSITY_SCHEMA}.`);
  return read as DensityResult;
}

function unusable(file: string, why: string): SbxError {
  return new SbxError({
    what: `--density ${file} cannot be used`,
    why,
    fix: "Name a file that `sbx-bench capacity density` wrote.",
  });
}
