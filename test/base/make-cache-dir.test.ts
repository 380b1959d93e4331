import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeCacheDir } from "../../src/base/make-cache-dir.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sbx-cache-dir-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("a folder of the cache is made, and stays as it is", () => {
  const made = makeCacheDir("a", "b");
  expect(made).toBe(join(folder, "sbx-bench/a/b"));
  writeFileSync(join(made, "kept"), "");
  expect(readdirSync(makeCacheDir("a", "b"))).toEqual(["kept"]);
});

test("a file in its place is named", () => {
  mkdirSync(join(folder, "sbx-bench"));
  writeFileSync(join(folder, "sbx-bench/a"), "");
  expect(() => makeCacheDir("a", "b")).toThrow(
    expect.objectContaining({
      what: `The cache cannot be written: ${folder}/sbx-bench/a/b`,
      why: "A part of the path is a file, and is not a folder.",
      fix: expect.stringContaining("XDG_CACHE_HOME"),
      exitCode: 4,
    }),
  );
});

test("a read-only file system is named, whether the folder is there or not", (context) => {
  if (process.getuid?.() !== 0) return context.skip("may not mount here");
  const source = join(import.meta.dirname, "../../src/base/make-cache-dir.ts");
  const script = `
    const { makeCacheDir } = await import("${source}");
    for (const name of ["missing", "there"]) {
      try { makeCacheDir(name); } catch ({ what, why, exitCode }) { console.log(exitCode, what, why); }
    }`;
  mkdirSync(join(folder, "sbx-bench/there"), { recursive: true });
  const mount =
    'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" --input-type=module -e "$3"';
  const said = execFileSync(
    "unshare",
    ["--mount", "sh", "-c", mount, "sh", folder, process.execPath, script],
    {
      encoding: "utf8",
      timeout: 20_000,
      env: { ...process.env, XDG_CACHE_HOME: folder },
    },
  );
  expect(said.trim().split("\n")).toEqual(
    ["missing", "there"].map(
      (name) => `4 The cache cannot be written: ${folder}/sbx-bench/${name} The file system is read-only.`,
    ),
  );
});
