import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeAtomically } from "../../src/base/write-atomically.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-atomic-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("texts and bytes are written, and old content is replaced", () => {
  const file = join(folder, "a.json");
  writeAtomically(file, "old");
  writeAtomically(file, Buffer.from("new"));
  expect(readFileSync(file, "utf8")).toBe("new");
});

test("where it can't be written, no temporary file is left", () => {
  mkdirSync(join(folder, "taken", "inner"), { recursive: true });
  expect(() => writeAtomically(join(folder, "taken"), "x")).toThrow();
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
