/** Builds Go programs, cached by content: the same source and toolchain are built once a machine. */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../base/cache-folder.ts";
import { SbxError } from "../base/errors.ts";
import { contentHash } from "./content-hash.ts";

export type GoProgram = {
  /** Folder of the Go module (has go.mod). */
  moduleDir: string;
  /** Package within it: `./startup`, `./cmd/sbx-launch`. */
  packagePath: string;
  /** Further folders of the module whose content matters: `internal`. */
  sharedDirs: string[];
  /** With cgo the binary is linked statically against libseccomp.a. */
  cgo: boolean;
};

const BUILD_LIMIT_MS = 300_000;

/**
 * @returns path of the static binary
 * @throws SbxError (exit code 4) when Go is missing or the program does not compile
 */
export async function buildGo(program: GoProgram): Promise<string> {
  const version = await goVersion();
  const flags = program.cgo
    ? ["-tags", "netgo,osusergo", "-ldflags", '-s -w -linkmode external -extldflags "-static"']
    : ["-ldflags", "-s -w"];
  const dirs = [program.packagePath, ...program.sharedDirs].map((dir) => join(program.moduleDir, dir));
  const moduleFiles = await contentHash([program.moduleDir], (name) => /^go\.(mod|sum)$/.test(name), []);
  const hash = await contentHash(dirs, (name) => /\.(go|s|h|c)$/.test(name), [
    version,
    moduleFiles,
    ...flags,
  ]);
  const binary = cacheDir("build", `${program.packagePath.replaceAll(/\W+/g, "-")}-${hash}`);
  if (existsSync(binary)) return binary;

  await mkdir(cacheDir("build"), { recursive: true });
  const temporary = `${binary}.${process.pid}.tmp`;
  // No stamp of the version control: git refuses to tell it in a checkout of another user.
  const command = ["build", "-buildvcs=false", "-trimpath", ...flags, "-o", temporary, program.packagePath];
  const built = await execa("go", command, {
    cwd: program.moduleDir,
    env: { CGO_ENABLED: program.cgo ? "1" : "0" },
    timeout: BUILD_LIMIT_MS,
    reject: false,
    stdin: "ignore",
  });
  if (built.exitCode !== 0) {
    await rm(temporary, { force: true });
    throw new SbxError({
      what: `The Go program ${program.packagePath} in ${program.moduleDir} does not build`,
      why: built.stderr.slice(-2000) || built.shortMessage || "go build failed",
      fix: "Correct the program, or run ./setup.sh if a tool or library is missing.",
      exitCode: 4,
    });
  }
  // Whoever comes second replaces the first's file by the same content.
  await rename(temporary, binary);
  return binary;
}

let cachedVersion: string | null = null;

async function goVersion(): Promise<string> {
  if (cachedVersion !== null) return cachedVersion;
  const asked = await execa("go", ["version"], { reject: false, timeout: 10_000, stdin: "ignore" });
  if (asked.exitCode !== 0) {
    throw new SbxError({
      what: "Go is missing",
      why: "The scenarios are Go programs and are built on this machine; `go version` does not run.",
      fix: "Run ./setup.sh, or install Go 1.26 or newer.",
      exitCode: 4,
    });
  }
  cachedVersion = asked.stdout;
  return cachedVersion;
}
