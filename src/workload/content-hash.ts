import { createHash, type Hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

/**
 * SHA-256 (first 16 hex digits) over names and contents of the files below the folders, and over `extra`.
 * Equal content gives an equal hash, wherever the checkout stands.
 */
export async function contentHash(
  dirs: readonly string[],
  keep: (name: string) => boolean,
  extra: readonly string[],
): Promise<string> {
  const hash = startedHash(extra);
  for (const dir of dirs) {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && keep(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    await addFiles(hash, files, dir);
  }
  return shortHex(hash);
}

/** The same over single files, named relative to `root`. */
export async function filesHash(
  files: readonly string[],
  root: string,
  extra: readonly string[],
): Promise<string> {
  const hash = startedHash(extra);
  await addFiles(hash, files, root);
  return shortHex(hash);
}

function startedHash(extra: readonly string[]): Hash {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`${text}\0`);
  return hash;
}

async function addFiles(hash: Hash, files: readonly string[], root: string): Promise<void> {
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`);
    hash.update(await readFile(file));
    hash.update("\0");
  }
}

function shortHex(hash: Hash): string {
  return hash.digest("hex").slice(0, 16);
}
