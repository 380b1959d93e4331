/**
 * `npm run lockfile`: makes package-lock.json anew from package.json, then adds what npm leaves out.
 *
 * A registry may serve only some platforms' packages. npm then writes a lockfile without the others, and `npm ci`
 * refuses it on every host ("Missing: ... from lock file"). The version of such a package stands in the one that
 * asks for it, and its platform in its name; hosts of another platform never download it.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

type Entry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Lockfile = { packages: Record<string, Entry> };

const OS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const CPU = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "x64"];

const root = resolve(import.meta.dirname, "..");
const lockfile = join(root, "package-lock.json");

function makeLockfile(): Lockfile {
  // Beside an existing node_modules npm leaves out even more.
  const folder = mkdtempSync(join(tmpdir(), "sbx-bench-lockfile-"));
  try {
    for (const file of ["package.json", "package-lock.json", ".npmrc"])
      cpSync(join(root, file), join(folder, file));
    execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts"], {
      cwd: folder,
      stdio: "inherit",
    });
    return JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as Lockfile;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function entryOfOtherPlatform(name: string, version: string, isDev: boolean): Entry {
  const words = name.split(/[/-]/);
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.filter((word) => CPU.includes(word));
  if (os.length !== 1 || cpu.length !== 1)
    throw new Error(`${name} names no platform: add its entry by hand`);
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.includes("gnu")
      ? ["glibc"]
      : null;
  return { version, cpu, ...(isDev && { dev: true }), ...(libc && { libc }), optional: true, os };
}

const lock = makeLockfile();
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isLocked = Object.keys(lock.packages).some((other) => other.endsWith(`node_modules/${name}`));
    if (isLocked) continue;
    lock.packages[`node_modules/${name}`] = entryOfOtherPlatform(name, version, entry.dev === true);
    console.error(`added ${name}@${version}, which ${path} asks for`);
  }
}
const packages = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(lockfile, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
