/** Reading /proc and /sys below a root folder, so that tests pass a fake tree. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text without the trailing line break; `null` where the file can't be read (absent, no permission). */
export function readHostFile(root: string, path: string): string | null {
  try {
    return readFileSync(join(root, path), "utf8").trimEnd();
  } catch {
    return null;
  }
}

/** Names in a folder, sorted; empty where it can't be read. */
export function listHostFolder(root: string, path: string): string[] {
  try {
    return readdirSync(join(root, path)).sort();
  } catch {
    return [];
  }
}

/** The chosen value of files such as `always [madvise] never`; plain values stay as they are. */
export function chosenValue(text: string | null): string | null {
  return text === null ? null : (/\[([^\]]+)\]/.exec(text)?.[1] ?? text);
}
