import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { contentHash } from "../../src/workload/content-hash.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-hash-"));
afterAll(() => rmSync(folder, { recursive: true }));

const source = join(folder, "source");
beforeEach(() => {
  rmSync(source, { recursive: true, force: true });
  mkdirSync(join(source, "deep"), { recursive: true });
  writeFileSync(join(source, "main.go"), "package main\n");
  writeFileSync(join(source, "deep", "a.go"), "package deep\n");
  writeFileSync(join(source, "notes.md"), "notes\n");
});

const isGo = (name: string) => name.endsWith(".go");
const hash = (dir = source, extra: string[] = ["go1.26"]) => contentHash([dir], isGo, extra);

test("it is short, and the same every time", async () => {
  expect(await hash()).toMatch(/^[0-9a-f]{16}$/);
  expect(await hash()).toBe(await hash());
});

test("it does not depend on where the checkout stands", async () => {
  const copy = join(folder, "copy");
  cpSync(source, copy, { recursive: true });
  expect(await hash(copy)).toBe(await hash());
});

test("any change of a file that counts changes it", async () => {
  const before = await hash();
  writeFileSync(join(source, "deep", "a.go"), "package deep // changed\n");
  expect(await hash()).not.toBe(before);
});

test("a change of a file that does not count leaves it", async () => {
  const before = await hash();
  writeFileSync(join(source, "notes.md"), "other notes\n");
  expect(await hash()).toBe(before);
});

test("a renamed, new or moved file changes it", async () => {
  const before = await hash();
  writeFileSync(join(source, "b.go"), "");
  const withNew = await hash();
  expect(withNew).not.toBe(before);
  rmSync(join(source, "b.go"));
  writeFileSync(join(source, "deep", "b.go"), "");
  expect(await hash()).not.toBe(withNew);
});

test("another toolchain changes it", async () => {
  expect(await hash(source, ["go1.27"])).not.toBe(await hash());
});

test("content moved from one file to the next changes it", async () => {
  writeFileSync(join(source, "main.go"), "ab");
  writeFileSync(join(source, "deep", "a.go"), "c");
  const before = await hash();
  writeFileSync(join(source, "main.go"), "a");
  writeFileSync(join(source, "deep", "a.go"), "bc");
  expect(await hash()).not.toBe(before);
});
