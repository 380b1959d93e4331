import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appendJobSummary } from "../../../src/report/comparison/job-summary.ts";
import { comparisonFixture } from "./fixture.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "sbx-summary-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("the job summary", () => {
  test("is appended to, never replaced", () => {
    const file = join(dir, "summary.md");
    writeFileSync(file, "before\n");
    expect(appendJobSummary(comparisonFixture(), false, { GITHUB_STEP_SUMMARY: file })).toBeNull();
    expect(readFileSync(file, "utf8")).toMatch(/^before\n## ❌ sbx-bench/);
  });

  test("is left alone where no variable names it", () => {
    expect(appendJobSummary(comparisonFixture(), false, {})).toBeNull();
  });

  test("that is a FIFO without a reader is a warning, and holds nothing up", () => {
    const file = join(dir, "fifo");
    execFileSync("mkfifo", [file]);
    const warning = appendJobSummary(comparisonFixture(), false, { GITHUB_STEP_SUMMARY: file });
    expect(warning).toBe(`the job summary can't be written to ${file}: it is not a regular file`);
  });

  test("that can't be written is a warning, not an error", () => {
    const file = join(dir, "missing", "summary.md");
    expect(appendJobSummary(comparisonFixture(), false, { GITHUB_STEP_SUMMARY: file })).toContain(file);
  });
});
