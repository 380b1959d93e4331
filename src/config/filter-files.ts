/** Reads the files of filters, and says in one sentence what is wrong with one. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SbxError } from "../base/errors.ts";
import { nearest } from "../base/nearest.ts";
import { decodeText, parseJson } from "../base/read-json.ts";

/** Far above any profile (the container default has 30 KiB); below what would fill the memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A file as it is, and what it says. */
export type FilterText = { bytes: Uint8Array; json: unknown };

/**
 * @param name as the user gave it, for messages
 * @throws SbxError (exit code 2) when it is missing, no file, unreadable, empty, or no JSON
 */
export function readFilterFile(file: string, name: string = file): FilterText {
  const bytes = readBytes(file, name);
  const text = decodeText(bytes);
  if (text.trim() === "") throw refused(name, "The file is empty.");
  try {
    return { bytes, json: parseJson(text, name) };
  } catch (error) {
    throw refused(name, `It cannot be read as JSON: ${reasonOf(error)}.`);
  }
}

function readBytes(file: string, name: string): Uint8Array {
  const found = statOf(file, name);
  if (found.isDirectory()) throw refused(name, `It is a folder${insideText(file)}.`);
  if (!found.isFile()) throw refused(name, "It is not a regular file.");
  if (found.size > MOST_BYTES) throw refused(name, `It has ${found.size} bytes, more than any profile.`);
  try {
    return readFileSync(file);
  } catch (error) {
    throw refused(name, `It cannot be read: ${reasonOf(error)}.`);
  }
}

function statOf(file: string, name: string) {
  try {
    return statSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT" && code !== "ENOTDIR")
      throw refused(name, `It cannot be read: ${reasonOf(error)}.`);
    throw refused(name, `${file} does not exist.${nearestText(file)}`);
  }
}

/** The nearest name in its folder; where there is no such folder, that of the folder. */
function nearestText(file: string): string {
  const folder = dirname(file);
  // The ending is the same in all of them, and would make any two names alike.
  const ending = file.endsWith(".json") ? ".json" : "";
  const names = (namesIn(folder) ?? []).filter((name) => name.endsWith(ending));
  const guess = nearest(
    basename(file, ending),
    names.map((name) => basename(name, ending)),
  );
  if (guess !== null) return ` Did you mean ${join(folder, guess + ending)}?`;
  if (namesIn(folder) !== null || folder === dirname(folder)) return "";
  const near = nearestText(folder);
  return near === "" ? ` There is no folder ${folder}.` : ` There is no folder ${folder}.${near}`;
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}

function insideText(folder: string): string {
  const profiles = (namesIn(folder) ?? []).filter((name) => name.endsWith(".json")).slice(0, 3);
  return profiles.length === 0 ? "" : `; in it are ${profiles.join(", ")}`;
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "EACCES" ? "permission denied" : message;
}

function refused(name: string, why: string): SbxError {
  return new SbxError({
    what: `The seccomp filter ${name} cannot be used`,
    why,
    fix: "Name the file of an OCI or Docker seccomp profile, or none, default, generated.",
  });
}
