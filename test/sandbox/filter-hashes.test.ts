import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { filterHashes } from "../../src/sandbox/filter-hashes.ts";
import { cell, RUNSC } from "../stats/records.ts";

const folder = mkdtempSync(join(tmpdir(), "sbx-hashes-"));
afterAll(() => rmSync(folder, { recursive: true }));
for (const [index, name] of ["a", "b", "syscalls", "startup"].entries()) {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "seccomp.json"), "{}".padEnd(2 + index));
}

test("each filter has the hash of its own file, and a generated one that of its scenario", () => {
  const cells = [
    "none",
    "a/seccomp.json",
    "b/seccomp.json+tree",
    "b/seccomp.json",
    "generated",
    "gone.json",
  ].flatMap((seccomp) => ["syscalls", "startup"].map((scenario) => cell({ ...RUNSC, seccomp }, scenario)));
  const filters = Object.fromEntries(
    ["a", "b", "gone"].map((name) => [
      name === "gone" ? "gone.json" : `${name}/seccomp.json`,
      join(folder, name, "seccomp.json"),
    ]),
  );
  const hashes = filterHashes(cells, filters, (scenario) => join(folder, scenario));
  expect(Object.keys(hashes)).toEqual([
    "a/seccomp.json",
    "b/seccomp.json",
    "generated::syscalls",
    "generated::startup",
  ]);
  expect(new Set(Object.values(hashes)).size).toBe(4);
});

test("a cell that is excluded has none", () => {
  expect(filterHashes([cell({ ...RUNSC, seccomp: "default" }, "cpu", "excluded")], {}, () => "")).toEqual({});
});
