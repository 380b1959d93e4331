import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTrialBundle, removeOrphanBundles } from "../../src/probe/trial-bundle.ts";
import { temporaryFolder } from "./fake-host.ts";

test("the built-in program runs and exits with 0", () => {
  const bundle = makeTrialBundle(temporaryFolder(), null, false);
  expect(execFileSync(bundle.programPath).toString()).toBe("");
});

test("a given program is used instead", () => {
  const given = join(temporaryFolder(), "true");
  writeFileSync(given, "#!/bin/sh\nexit 0\n");
  const bundle = makeTrialBundle(temporaryFolder(), given, false);
  expect(readFileSync(bundle.programPath, "utf8")).toBe("#!/bin/sh\nexit 0\n");
});

test("removes what a killed probe left, and nothing of one that is alive", () => {
  const parent = temporaryFolder();
  const dead = join(parent, "trial-4194305-abc"); // above the kernel's largest pid
  const alive = join(parent, `trial-${process.pid}-abc`);
  const foreign = join(parent, "something-else");
  for (const folder of [dead, alive, foreign]) mkdirSync(folder);
  removeOrphanBundles(parent);
  expect([dead, alive, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});

test("only root's bundle names a cgroup", () => {
  const cgroupsPath = (rootless: boolean) => {
    const { bundleDir } = makeTrialBundle(temporaryFolder(), null, rootless);
    return JSON.parse(readFileSync(join(bundleDir, "config.json"), "utf8")).linux.cgroupsPath;
  };
  expect(cgroupsPath(false)).toMatch(/^\/sbx-bench-trial-/);
  expect(cgroupsPath(true)).toBeUndefined();
});
