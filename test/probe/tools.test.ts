import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { cacheFolder } from "../../src/base/cache-folder.ts";
import { findTools } from "../../src/probe/tools.ts";
import { fakeProgram, temporaryFolder } from "./fake-host.ts";

function program(path: string, output: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(path, 0o755);
  return path;
}

test("SBX_RUNSC goes before everything else", async () => {
  const own = fakeProgram("my-runsc", "echo 'runsc version release-20260901.0'");
  const { runsc } = await findTools({ ...process.env, SBX_RUNSC: own });
  expect(runsc).toMatchObject({ path: own, version: "release-20260901.0", reason: null, fix: null });
});

test("a relative SBX_RUNSC is the same program wherever a launch starts", async () => {
  const own = fakeProgram("my-runsc", "echo 'runsc version release-20260901.0'");
  const { runsc } = await findTools({ ...process.env, SBX_RUNSC: relative(process.cwd(), own) });
  expect(runsc.path).toBe(own);
});

test("an SBX_RUNSC that can't be run is not replaced in silence", async () => {
  const { runsc } = await findTools({ ...process.env, SBX_RUNSC: "/nowhere/runsc" });
  expect(runsc.path).toBeNull();
  expect(runsc.reason).toContain("(runsc.path or SBX_RUNSC), /nowhere/runsc, is not an executable file");
});

test("setup's runsc goes before the one in PATH", async () => {
  const cache = temporaryFolder();
  const path = program(join(cache, "sbx-bench/tools/runsc/current/runsc"), "runsc version go-1");
  const inPath = program(join(temporaryFolder(), "runsc"), "runsc version debian");
  const { runsc } = await findTools({ XDG_CACHE_HOME: cache, PATH: dirname(inPath) });
  expect(runsc.path).toBe(path);
});

test("a runsc without a version is asked for its module's", async () => {
  const bin = temporaryFolder();
  const runsc = program(join(bin, "runsc"), "runsc version VERSION_MISSING");
  program(join(bin, "go"), "\tmod\tgvisor.dev/gvisor\tv0.0.0-20260905035102-160fafc42237\th1:x");
  const tools = await findTools({ PATH: bin, SBX_RUNSC: runsc });
  expect(tools.runsc.version).toBe("v0.0.0-20260905035102-160fafc42237");
});

test("Go answers for itself, whatever flags and module the caller has", async () => {
  const bin = temporaryFolder();
  program(join(bin, "go"), "");
  writeFileSync(join(bin, "go"), `#!/bin/sh\necho "go version go$GOTOOLCHAIN-$GOFLAGS-$PWD x"\n`);
  const { go } = await findTools({ PATH: bin, GOFLAGS: "nonsense", GOTOOLCHAIN: "go1.20" });
  expect(go.version).toBe("local--/");
});

test("a missing tool comes with the way to get it", async () => {
  const { runsc } = await findTools({ PATH: "", XDG_CACHE_HOME: temporaryFolder() });
  expect(runsc).toMatchObject({ path: null, version: null, reason: "runsc is not installed" });
  expect(runsc.fix).toContain("sbx-bench setup");
});

test("a link to nowhere and a folder are no programs", async () => {
  const bin = temporaryFolder();
  symlinkSync("/nowhere", join(bin, "runsc"));
  const second = temporaryFolder();
  mkdirSync(join(second, "runsc"));
  const { runsc } = await findTools({ PATH: `${bin}:${second}`, XDG_CACHE_HOME: temporaryFolder() });
  expect(runsc.path).toBeNull();
});

test("sbin is searched even where a user's PATH leaves it out", async () => {
  const { unshare } = await findTools({ PATH: "/usr/bin" });
  expect(unshare.version).toMatch(/^\d+\.\d+/);
});

test("the cache folder follows XDG_CACHE_HOME, then HOME", () => {
  expect(cacheFolder({ XDG_CACHE_HOME: "/x", HOME: "/h" })).toBe("/x/sbx-bench");
  expect(cacheFolder({ XDG_CACHE_HOME: "", HOME: "/h" })).toBe("/h/.cache/sbx-bench");
});
