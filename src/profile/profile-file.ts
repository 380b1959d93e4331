/** A profile on disk: one JSON file, to be taken to predictions. */
import { SbxError } from "../base/errors.ts";
import { parseJson, readText } from "../base/read-json.ts";
import { differingFields, unrecordedNote } from "../samples/differing-fields.ts";
import { PROFILE_SCHEMA, type ProgramProfile, programProfile } from "../samples/program-profile.ts";
import type { Fingerprint } from "../samples/run-manifest.ts";

const SHOWN_FIELDS = 8;

export function profileText(profile: ProgramProfile): string {
  return `${JSON.stringify(profile, null, 1)}\n`;
}

export type ReadProfileOptions = {
  /** The host that the profile is to be used on. */
  host: Fingerprint;
  toolVersion: string;
  /** Take a profile of another host all the same; what differs becomes a warning. */
  allowUnlike: boolean;
};

/**
 * @returns the profile; what speaks against using it here is added to its warnings
 * @throws SbxError (exit code 2) for a file that can't be read or is no profile, for another schema version, and
 *   for a profile of another host unless that is allowed
 */
export function readProfile(file: string, options: ReadProfileOptions): ProgramProfile {
  const profile = parseProfile(contentOf(file), file);
  const warnings = [...profile.warnings];
  if (profile.toolVersion !== options.toolVersion) {
    warnings.push(
      `Recorded by sbx-bench ${profile.toolVersion}; this is ${options.toolVersion}, which may count differently.`,
    );
  }
  const unrecorded = unrecordedNote(profile.fingerprint, options.host);
  if (unrecorded !== null) warnings.push(`${unrecorded}.`);
  const unlike = differingFields(profile.fingerprint, options.host)
    // Which tools are installed says nothing about a native run.
    .filter(({ field }) => !field.startsWith("version."))
    .map(({ field, a, b }) => `${field}: ${a} there, ${b} here`);
  if (unlike.length === 0) return { ...profile, warnings };
  if (!options.allowUnlike) throw unlikeHost(file, unlike);
  return { ...profile, warnings: [...warnings, `Recorded on another host. ${unlike.join("; ")}.`] };
}

function contentOf(file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new SbxError({
      what: `The profile ${file} can't be read`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Record one: sbx-bench profile --out FILE -- COMMAND",
      cause: error,
    });
  }
}

function parseProfile(text: string, file: string): ProgramProfile {
  let value: unknown;
  try {
    value = parseJson(text, file);
  } catch (error) {
    throw broken(file, error instanceof Error ? `${error.message}.` : String(error));
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== PROFILE_SCHEMA) {
    throw new SbxError({
      what: `${file} is no profile that this version reads`,
      why: `Its schema is ${JSON.stringify(schema ?? null)}; this version reads ${PROFILE_SCHEMA}.`,
      fix: "Record it again with this version: sbx-bench profile --out FILE -- COMMAND",
    });
  }
  const parsed = programProfile.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw broken(file, `${issue?.path.join(".") || "It"}: ${issue?.message ?? "wrong"}.`);
}

function broken(file: string, why: string): SbxError {
  return new SbxError({
    what: `The profile ${file} is damaged`,
    why,
    fix: "Record it again: sbx-bench profile --out FILE -- COMMAND",
  });
}

function unlikeHost(file: string, unlike: readonly string[]): SbxError {
  const more = unlike.length - SHOWN_FIELDS;
  return new SbxError({
    what: `The profile ${file} is of another host`,
    why: [...unlike.slice(0, SHOWN_FIELDS), ...(more > 0 ? [`and ${more} more`] : [])].join("\n"),
    fix: "Record it again here, or use it all the same with --allow-unlike.",
  });
}
