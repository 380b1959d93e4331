/** Builds Go programs, cached by content: the same source and toolchain are built once a machine. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../base/cache-folder.ts";
import { isProgramForHost } from "../base/elf-program.ts";
import { SbxError } from "../base/errors.ts";
import { goEnv, goTarget } from "../base/go-env.ts";
import { makeCacheDir } from "../base/make-cache-dir.ts";
import { isNoexec } from "../base/noexec.ts";
import { filesHash } from "./content-hash.ts";
import { goSources } from "./go-sources.ts";

export type GoProgram = {
  /** Folder of the Go module (has go.mod). */
  moduleDir: string;
  /** Package within it: `./startup`, `./cmd/sbx-launch`; or a file that is one by itself: `./hello.go`. */
  packagePath: string;
  /** With cgo the binary is linked statically against libseccomp.a. */
  cgo: boolean;
  /** With cgo: linked dynamically against what it names itself. */
  isDynamic?: boolean;
};

const BUILD_LIMIT_MS = 300_000;

/**
 * @returns path of the static binary
 * @throws SbxError (exit code 4) when Go is missing or the program does not compile
 */
export async function buildGo(program: GoProgram): Promise<string> {
  const { moduleDir, packagePath, cgo, isDynamic = false } = program;
  const env = await goEnv(process.env, { cgo });
  const flags =
    cgo && !isDynamic
      ? ["-tags", "netgo,osusergo", "-ldflags", '-s -w -linkmode external -extldflags "-static"']
      : ["-ldflags", "-s -w"];
  const target = Object.entries(goTarget(cgo)).map(([name, value]) => `${name}=${value}`);
  const hash = await filesHash(goSources(moduleDir, packagePath), moduleDir, [
    await goVersion(moduleDir, env),
    ...target,
    ...flags,
  ]);
  const binary = cacheDir("build", `${packagePath.replaceAll(/\W+/g, "-")}-${hash}`);
  // A cache that was copied from another machine, or a full disk, leaves what does not run: it is built anew.
  if (isProgramForHost(binary)) {
    requireExecutable(cacheDir("build"));
    return binary;
  }

  requireExecutable(makeCacheDir("build"));
  const temporary = `${binary}.${process.pid}.tmp`;
  // No stamp of the version control: git refuses to tell it in a checkout of another user.
  const command = ["build", "-buildvcs=false", "-trimpath", ...flags, "-o", temporary, packagePath];
  const built = await execa("go", command, {
    cwd: moduleDir,
    env,
    extendEnv: false,
    timeout: BUILD_LIMIT_MS,
    reject: false,
    stdin: "ignore",
  });
  if (built.exitCode !== 0) {
    await rm(temporary, { force: true });
    throw new SbxError({
      what: `The Go program ${packagePath} in ${moduleDir} does not build`,
      why: built.stderr.slice(-2000) || built.shortMessage || "go build failed",
      fix: "Correct the program, or run `sbx-bench setup` if a tool or library is missing.",
      exitCode: 4,
    });
  }
  // Whoever comes second replaces the first's file by the same content.
  await rename(temporary, binary);
  return binary;
}

/** Otherwise it would be the sandboxes that do not start. @throws SbxError (exit code 4) */
function requireExecutable(folder: string): void {
  if (!isNoexec(folder)) return;
  throw new SbxError({
    what: "The programs that are built here cannot be run",
    why: `${folder} is on a file system that is mounted noexec.`,
    fix: "Set XDG_CACHE_HOME to a folder on another file system, or mount that one with exec.",
    exitCode: 4,
  });
}

const versions = new Map<string, Promise<string>>();

/** As the module has it: its go.mod may name a newer Go than the host's. */
function goVersion(moduleDir: string, env: Record<string, string>): Promise<string> {
  const known = versions.get(moduleDir) ?? askGoVersion(moduleDir, env);
  versions.set(moduleDir, known);
  return known;
}

async function askGoVersion(moduleDir: string, env: Record<string, string>): Promise<string> {
  const asked = await execa("go", ["version"], {
    cwd: moduleDir,
    env,
    extendEnv: false,
    reject: false,
    timeout: BUILD_LIMIT_MS,
    stdin: "ignore",
  });
  if (asked.exitCode === 0) return asked.stdout;
  if (asked.code !== "ENOENT" && asked.stderr !== "") {
    throw new SbxError({
      what: `The Go module in ${moduleDir} does not build`,
      why: asked.stderr.trim().slice(-2000),
      fix: `Correct ${join(moduleDir, "go.mod")}, or install the Go that it asks for.`,
      exitCode: 4,
    });
  }
  throw new SbxError({
    what: "Go is missing",
    why: "The scenarios are Go programs and are built on this machine; `go version` does not run.",
    fix: "Run `sbx-bench setup`, or install Go 1.26 or newer.",
    exitCode: 4,
  });
}
