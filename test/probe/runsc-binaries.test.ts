import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runscBinaries, sha256Of } from "../../src/probe/runsc-binaries.ts";
import { RECORD_FILE, runscFolder } from "../../src/probe/runsc-store.ts";
import { temporaryFolder } from "./fake-host.ts";

const env = () => ({ XDG_CACHE_HOME: temporaryFolder(), PATH: "/usr/bin:/bin" });

function program(path: string, answer: string): string {
  writeFileSync(path, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(path, 0o755);
  return path;
}

/** An installed one. @returns its path */
async function install(
  name: string,
  version: string,
  environment: NodeJS.ProcessEnv,
  asked: string[] | null = null,
): Promise<string> {
  const folder = join(runscFolder(environment), name);
  mkdirSync(folder, { recursive: true });
  const path = program(join(folder, "runsc"), `runsc version ${version}`);
  if (asked !== null) {
    const record = { version, sha256: await sha256Of(path), source: name, installedAt: "2026-09-05", asked };
    writeFileSync(join(folder, RECORD_FILE), JSON.stringify(record));
  }
  return path;
}

const choice = (wanted: string, label = "x") => ({ label, wanted });
const ask = (environment: NodeJS.ProcessEnv, ...wanted: string[]) =>
  runscBinaries(
    wanted.map((one, index) => choice(one, `r${index}`)),
    environment,
  );

describe("a runsc is found", () => {
  test("by a path, with version and checksum", async () => {
    const path = program(join(temporaryFolder(), "runsc"), "runsc version go-1");
    expect(await ask(env(), path)).toEqual([
      { label: "r0", path, version: "go-1", sha256: await sha256Of(path), source: path },
    ]);
  });

  test("by the name that it was installed under, or asked for by", async () => {
    const environment = env();
    const path = await install("go-20260905", "go-20260905", environment, ["latest"]);
    for (const name of ["latest", "go-20260905", "20260905"])
      expect((await ask(environment, name))[0]).toMatchObject({ path, source: "go-20260905" });
  });

  test("as the default", async () => {
    const environment = env();
    const path = await install("go-1", "go-1", environment);
    symlinkSync("go-1", join(runscFolder(environment), "current"));
    expect((await ask(environment, "default"))[0]?.path).toBe(path);
  });
});

describe("refused is", () => {
  const refusal = (environment: NodeJS.ProcessEnv, ...wanted: string[]) => ask(environment, ...wanted);

  test("a path that is not there, a folder, and a file that can't be executed", async () => {
    const folder = temporaryFolder();
    const plain = join(folder, "plain");
    writeFileSync(plain, "text");
    await expect(refusal(env(), join(folder, "none"))).rejects.toThrow("There is no such file.");
    await expect(refusal(env(), folder)).rejects.toThrow("It is a folder.");
    await expect(refusal(env(), plain)).rejects.toThrow("It is not executable.");
  });

  test("a program that is no runsc, with what it said", async () => {
    const path = program(join(temporaryFolder(), "runc"), "runc version 1.1.5");
    await expect(refusal(env(), path)).rejects.toThrow(`${path} is no runsc: Asked with --version`);
    await expect(refusal(env(), path)).rejects.toThrow('"runc version 1.1.5"');
  });

  test("a runsc without a version", async () => {
    const path = program(join(temporaryFolder(), "runsc"), "runsc version VERSION_MISSING");
    await expect(refusal(env(), path)).rejects.toThrow(`${path} has no version`);
  });

  test("the same program twice, whatever it is called", async () => {
    const folder = temporaryFolder();
    const path = program(join(folder, "a"), "runsc version 1");
    const copy = join(folder, "b");
    copyFileSync(path, copy);
    await expect(refusal(env(), path, copy)).rejects.toThrow('"r0" and "r1" are the same runsc');
  });

  test("a version that is not installed, with the command that installs it", async () => {
    const environment = env();
    await install("go-20260905", "go-20260905", environment);
    await expect(refusal(environment, "20240729")).rejects.toMatchObject({
      what: "runsc 20240729 is not installed",
      why: "Installed: go-20260905.",
      fix: expect.stringContaining("sbx-bench runsc install 20240729"),
      exitCode: 4,
    });
  });

  test("a name that fits several", async () => {
    const environment = env();
    await install("go-20260905-a", "1", environment);
    await install("go-20260905-b", "2", environment);
    await expect(refusal(environment, "20260905")).rejects.toThrow("go-20260905-a, go-20260905-b");
  });

  test("an installed one whose checksum changed, also by its path", async () => {
    const environment = env();
    const path = await install("go-1", "1", environment, []);
    program(path, "runsc version 1 (patched)");
    await expect(refusal(environment, "go-1")).rejects.toThrow(
      "The checksum of the installed runsc go-1 changed",
    );
    await expect(refusal(environment, path)).rejects.toThrow("changed");
  });
});
