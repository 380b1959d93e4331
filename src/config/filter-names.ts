/** How filters are named in cells, and which file each name means. Pure. */
import { isAbsolute, relative, resolve } from "node:path";
import { FILTERS, plainFilter } from "../axes/seccomp.ts";

/**
 * What stands in cell ids. A path starts at the configuration's folder, so that ids and baselines are the same in
 * every checkout: `profiles/strict.json`. One that was given as absolute stays so where it lies outside that folder.
 */
export function filterName(given: string, baseDir: string): string {
  const plain = plainFilter(given);
  if (FILTERS.includes(plain)) return given;
  const file = resolve(baseDir, plain);
  const fromBase = relative(baseDir, file);
  const name = isAbsolute(plain) && fromBase.startsWith("..") ? file : fromBase;
  // Without a slash or an ending it would be taken for the name of a built-in one.
  const path = name.includes("/") || name.endsWith(".json") ? name : `./${name}`;
  return `${path}${given.slice(plain.length)}`;
}

/** Name without `+tree` -> absolute path, of those names that are paths. */
export function filterFiles(names: readonly string[], baseDir: string): Record<string, string> {
  const paths = names.map(plainFilter).filter((name) => !FILTERS.includes(name));
  return Object.fromEntries(paths.map((path) => [path, resolve(baseDir, path)]));
}
