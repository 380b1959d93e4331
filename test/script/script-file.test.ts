import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readScript } from "../../src/script/script-file.ts";

const dir = mkdtempSync(join(tmpdir(), "sbx-script-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const written = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

test("a script belongs to the module above it, as with go run", () => {
  mkdirSync(join(dir, "module/cmd"), { recursive: true });
  written("module/go.mod", "module m\n");
  expect(readScript(written("module/cmd/a.go", "package main\n")).moduleDir).toBe(join(dir, "module"));
  expect(readScript(written("alone.go", "// why\npackage main // yes\n")).moduleDir).toBeNull();
});

test("what is no script is refused with what is wrong", () => {
  mkdirSync(join(dir, "folder.go"));
  symlinkSync("loop.go", join(dir, "loop.go"));
  const refusals = {
    "none.go": "no such file",
    "folder.go": "is a folder",
    "loop.go": "in a circle",
    "binary.go": "a binary file",
    "lib.go": "no line `package main`",
    "a_test.go": "is a test",
    "a.txt": "does not end in .go",
    "large.go": "at most",
  };
  written("binary.go", new Uint8Array([0x7f, 0x45, 0, 0]));
  written("lib.go", "package lib\n");
  for (const name of ["a_test.go", "a.txt"]) written(name, "package main\n");
  written("large.go", `package main\n${"/".repeat(9_000_000)}`);
  for (const [name, why] of Object.entries(refusals)) expect(() => readScript(join(dir, name))).toThrow(why);
  expect(() => readScript("/dev/zero")).toThrow("no regular file");
});
