import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

/** The root of the checkout. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** What is not written by hand. */
const NOT_OURS = new Set(["node_modules", ".git", ".tmp", "reports", "coverage"]);

/** Paths of the files under a folder, relative to the root, without what is installed or produced. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = relative(ROOT, join(ROOT, folder, entry.name));
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
