/** Builds the package in a folder, as `go build` of its user would, for as long as it is analysed. */
import { mkdirSync, rmSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { execa } from "execa";
import { cacheDir } from "../../base/cache-folder.ts";
import { SbxError } from "../../base/errors.ts";
import { goEnv } from "../../base/go-env.ts";

const BUILD_LIMIT_MS = 300_000;

export type BuiltPackage = { name: string; program: string; release(): void };

/** @throws SbxError (exit code 4) where it does not compile, (2) where it is a library */
export async function buildPackage(dir: string, abort: AbortSignal): Promise<BuiltPackage> {
  const name = basename(resolve(dir));
  const folder = cacheDir("scratch", `package-${process.pid}-${Date.now().toString(36)}`);
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  const release = () => rmSync(folder, { recursive: true, force: true });
  const env = await goEnv(process.env, { cgo: process.env.CGO_ENABLED === "1" });
  const built = await execa("go", ["build", "-buildvcs=false", "-trimpath", "-o", program, "."], {
    cwd: dir,
    env,
    extendEnv: false,
    reject: false,
    timeout: BUILD_LIMIT_MS,
    cancelSignal: abort,
    stdin: "ignore",
  });
  const isProgram = statSync(program, { throwIfNoEntry: false })?.isFile() === true;
  if (built.exitCode === 0 && isProgram && isExecutable(program)) return { name, program, release };
  release();
  throw new SbxError({
    what: `The package in ${dir} does not build`,
    why:
      built.exitCode === 0
        ? "It is a library: it has no main."
        : built.code === "ENOENT"
          ? "Go is not installed: `go build` does not run."
          : built.stderr.trim().slice(-2000) || built.shortMessage || "go build failed",
    fix: built.exitCode === 0 ? "Name the folder of a command that uses it." : "Correct it, then try again.",
    exitCode: built.exitCode === 0 ? 2 : 4,
  });
}

/** `go build -o` of a library writes an archive. */
function isExecutable(file: string): boolean {
  return (statSync(file).mode & 0o100) !== 0;
}
