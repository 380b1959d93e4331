/** Which files a Go program is built from, without asking `go list`, which takes longer than a run's preparations. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** What `go build` takes from a package's folder (go help packages), beside what it embeds. */
const BUILT = /\.(go|s|S|h|hh|hpp|hxx|c|cc|cpp|cxx|syso)$/;
const TEST = /_test\.go$/;

type Module = { path: string; dir: string };

/**
 * The package, every package of its module that it imports, and modules that go.mod replaces by a folder; with
 * go.mod and go.sum. Too many rather than too few: any text that looks like an import counts as one.
 *
 * @param packagePath a folder, or a single file that is a package by itself
 * @returns absolute paths, sorted
 */
export function goSources(moduleDir: string, packagePath: string): string[] {
  const modules = modulesOf(resolve(moduleDir));
  const files = new Set<string>();
  const seen = new Set<string>();
  const pending = [resolve(moduleDir, packagePath)];
  for (const dir of pending) {
    if (seen.has(dir)) continue;
    seen.add(dir);
    for (const file of isFile(dir) ? [dir] : filesOf(dir)) {
      files.add(file);
      if (file.endsWith(".go")) pending.push(...importedFolders(readFileSync(file, "utf8"), modules));
    }
  }
  for (const { dir } of modules) {
    for (const name of ["go.mod", "go.sum", "vendor/modules.txt"]) {
      if (existsSync(join(dir, name))) files.add(join(dir, name));
    }
  }
  return [...files].sort();
}

/** A package that embeds files may embed any below its folder. */
function filesOf(dir: string): string[] {
  if (!existsSync(dir)) return [];
  const built = readdirSync(dir)
    .filter((name) => BUILT.test(name) && !TEST.test(name))
    .map((name) => join(dir, name))
    .filter(isFile);
  const embeds = built.some(
    (file) => file.endsWith(".go") && /^\/\/go:embed\b/m.test(readFileSync(file, "utf8")),
  );
  if (!embeds) return built;
  const all = readdirSync(dir, { recursive: true, encoding: "utf8" });
  return all.map((name) => join(dir, name)).filter((file) => isFile(file) && !TEST.test(file));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function importedFolders(source: string, modules: readonly Module[]): string[] {
  const texts = [...source.matchAll(/["`]([^"`\s]+)["`]/g)].map(([, text]) => text!);
  return modules.flatMap(({ path, dir }) =>
    texts
      .filter((text) => text === path || text.startsWith(`${path}/`))
      .map((text) => join(dir, text.slice(path.length))),
  );
}

/** The module of the folder first, then those that it and they replace by a folder (`replace a => ../b`). */
function modulesOf(moduleDir: string): Module[] {
  const modules: Module[] = [];
  const pending = [{ path: "", dir: moduleDir }];
  for (const { path, dir } of pending) {
    const file = join(dir, "go.mod");
    if (!existsSync(file) || modules.some((known) => known.dir === dir)) continue;
    const text = readFileSync(file, "utf8").replaceAll(/\/\/.*$/gm, "");
    modules.push({ path: path || (/^\s*module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? ""), dir });
    for (const [, replaced = "", target = ""] of text.matchAll(
      /^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+"?(\.{0,2}\/[^\s"]*|\.{1,2})/gm,
    )) {
      pending.push({ path: replaced, dir: resolve(dir, target) });
    }
  }
  return modules.filter(({ path }) => path !== "");
}
