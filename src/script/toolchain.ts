/** Mode `go-run`: what the sandbox gets of the host's Go. */
import { existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { execa } from "execa";
import { SbxError } from "../base/errors.ts";
import type { Script } from "./script-file.ts";

export type Toolchain = {
  /** Absolute, without symbolic links. */
  goRoot: string;
  /** Of a script with a module, where there is one. */
  modCache: string | null;
};

/** @throws SbxError where there is no Go (exit code 4), or its settings would let a build change go.mod (2) */
export async function hostToolchain(script: Script): Promise<Toolchain> {
  const asked = await execa("go", ["env", "-json", "GOROOT", "GOMODCACHE", "GOFLAGS"], {
    cwd: dirname(script.path),
    env: { GOTOOLCHAIN: "local", GOWORK: "off" },
    reject: false,
    timeout: 10_000,
    stdin: "ignore",
  });
  if (asked.exitCode !== 0) {
    throw new SbxError({
      what: "Mode go-run has no toolchain to run",
      why: asked.code === "ENOENT" ? "Go is missing." : asked.stderr.trim().slice(-500) || "`go env` failed.",
      fix: "Run ./setup.sh, or install Go 1.26 or newer.",
      exitCode: 4,
    });
  }
  const { GOROOT, GOMODCACHE, GOFLAGS } = JSON.parse(asked.stdout) as Record<string, string>;
  if (/(?:^|\s)'?--?mod[= ]mod\b/.test(GOFLAGS ?? "")) {
    throw new SbxError({
      what: "GOFLAGS=-mod=mod is refused",
      why: "It lets a build change go.mod and go.sum, so that what runs is not what they say.",
      fix: "Take it out of the environment or of `go env -w`; run `go mod tidy` before.",
    });
  }
  const hasCache = script.moduleDir !== null && GOMODCACHE !== undefined && existsSync(GOMODCACHE);
  return { goRoot: realpathSync(GOROOT!), modCache: hasCache ? realpathSync(GOMODCACHE) : null };
}
