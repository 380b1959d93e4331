import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { locateCommand } from "../../src/profile/locate-command.ts";

test("a program of the system keeps its name, one that only the caller's PATH leads to gets its path", () => {
  const dir = mkdtempSync(join(tmpdir(), "sbx-locate-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "own-thing"), "#!/bin/sh\n", { mode: 0o755 });
  writeFileSync(join(dir, "no-program"), "", { mode: 0o644 });
  expect(locateCommand(["sh", "-c", "true"], dir)).toEqual(["sh", "-c", "true"]);
  expect(locateCommand(["own-thing", "x"], dir)).toEqual([join(dir, "own-thing"), "x"]);
  expect(locateCommand(["./own-thing"], "")).toEqual(["./own-thing"]);
  expect(() => locateCommand(["no-program"], dir)).toThrow(/There is no program no-program/);
});
