import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { SbxError } from "../../src/base/errors.ts";
import { refuseDenied, type ScanRequest, scanSource } from "../../src/use-cases/scan.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-scan-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const context = { say: () => {}, abort: new AbortController().signal };
const scan = (path: string, more: Partial<ScanRequest> = {}) =>
  scanSource({ path, tier: "auto", policy: { deny: [], allow: [], heedsComments: false }, ...more }, context);

test("a file is read by its syntax", async () => {
  const file = join(folder, "a.go");
  writeFileSync(
    file,
    '#!/usr/bin/env -S go run\npackage main\n\nimport rm "os"\n\nfunc main() { rm.RemoveAll("x") }\n',
  );
  const { tier, denied, findings } = await scan(file);
  expect({ tier, denied }).toEqual({ tier: "syntax", denied: 1 });
  expect(findings).toMatchObject([{ rule: "delete", file, line: 6, what: "os.RemoveAll" }]);
});

test("a module that does not load is read by its syntax, which is said; --tier types refuses it", async () => {
  const dir = join(folder, "module");
  mkdirSync(dir);
  writeFileSync(join(dir, "go.mod"), "module broken\n\ngo 1.26\n");
  writeFileSync(join(dir, "main.go"), 'package main\n\nimport "os/exec"\n\nfunc main() { exec.Nothing() }\n');
  const { tier, unloaded, denied } = await scan(dir);
  expect({ tier, denied }).toEqual({ tier: "syntax", denied: 2 });
  expect(unloaded).toMatch(/Nothing/);
  await expect(scan(dir, { tier: "types" })).rejects.toThrow(SbxError);
});

test("a script that is denied is not run, with the places and why", async () => {
  const file = join(folder, "denied.go");
  writeFileSync(file, 'package main\n\nimport "os/exec"\n\nfunc main() { exec.Command("id").Run() }\n');
  const policy = { deny: [], allow: [], heedsComments: false };
  await expect(refuseDenied(file, policy, context)).rejects.toMatchObject({
    what: `${file} was not run: the scan denies it`,
    why: expect.stringContaining(`${file}:5 os/exec.Command: starts programs`),
  });
  await expect(refuseDenied(file, { ...policy, allow: ["exec"] }, context)).resolves.toBeUndefined();
});

test.each([
  ["/nowhere/x.go", {}, /cannot be scanned/],
  ["/dev/null", {}, /cannot be scanned/],
  [tmpdir(), { tier: "types" as const }, /Types of .* cannot be told/],
])("%s is refused", async (path, more, words) => {
  await expect(scan(path, more)).rejects.toThrow(words);
});
