/**
 * Builds what `npm pack` sends: `dist/`, laid out like the checkout, JavaScript in place of TypeScript, because Node
 * strips no types below node_modules.
 *
 *   npm run package [-- FOLDER]     builds FOLDER (dist) and packs it there
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { execa } from "execa";
import { TOOL_VERSION } from "../../src/base/tool-version.ts";
import { wholeCommandTree } from "../../src/cli/output/command-tree.ts";
import { manPage } from "../../src/report/completion/man.ts";

const ROOT = join(import.meta.dirname, "../..");
const TSC_PROJECT = join(import.meta.dirname, "tsconfig.json");

/** Beside the compiled code: what is read, built or run where the package stands. Scenarios stay as they are written. */
const COPIED = [
  "bin/sbx-bench",
  "setup.sh",
  "setup",
  "src",
  "scenarios",
  "docs",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
];

/** Of these, what only the checkout needs. */
function isLeftOut(file: string): boolean {
  const own = file.slice(ROOT.length + 1);
  if (/^setup\/(package|complete-lockfile\.ts)/.test(own)) return true;
  if (own.endsWith("_test.go") || own.includes("/testdata/")) return true;
  return own.startsWith("src/") && own.endsWith(".ts");
}

export async function buildPackage(dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  await execa("tsc", ["-p", TSC_PROJECT, "--outDir", dist], {
    preferLocal: true,
    localDir: ROOT,
    stdio: ["ignore", "inherit", "inherit"],
    timeout: 300_000,
  });
  for (const name of COPIED) {
    cpSync(join(ROOT, name), join(dist, name), { recursive: true, filter: (file) => !isLeftOut(file) });
  }
  mkdirSync(join(dist, "man"));
  writeFileSync(join(dist, "man/sbx-bench.1"), manPage(await wholeCommandTree(), TOOL_VERSION));
  writeFileSync(join(dist, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}

function manifest(): Record<string, unknown> {
  const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { name, version, description, license, type, engines, os, bin, dependencies } = own;
  return {
    ...{ name, version, description, license, type, engines, os, bin },
    exports: { ".": { types: "./src/index.d.ts", default: "./src/index.js" } },
    man: "./man/sbx-bench.1",
    dependencies,
  };
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === basename(import.meta.filename)) {
  const dist = resolve(process.argv[2] ?? join(ROOT, "dist"));
  await buildPackage(dist);
  await execa("npm", ["pack", "--pack-destination", dist], {
    cwd: dist,
    stdio: ["ignore", "inherit", "inherit"],
  });
}
