import { expect, test } from "vitest";
import { takesStdout } from "../../src/cli/format-options.ts";

test("a file called - is stdout, and takes it from the table", () => {
  expect(takesStdout({ "--html": "-", "--parquet": "a.parquet" }, false)).toBe(true);
  expect(takesStdout({ "--html": "a.html", "--parquet": undefined }, true)).toBe(false);
});

test("two outputs on stdout are refused", () => {
  expect(() => takesStdout({ "--html": "-", "--parquet": "-" }, false)).toThrow(
    expect.objectContaining({ exitCode: 2, what: "--html - and --parquet - don't go together" }),
  );
  expect(() => takesStdout({ "--html": "-" }, true)).toThrow(/--html - and --json/);
});
