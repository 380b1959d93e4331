import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { requireOutputs } from "../../../src/cli/options/comparison-options.ts";
import { takesStdout, writeNamed } from "../../../src/cli/options/format-options.ts";

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

test("stdout by another name is stdout", () => {
  expect(() => takesStdout({ "--html": "-", "--parquet": "/dev/stdout" }, false)).toThrow(
    "--html - and --parquet /dev/stdout don't go together",
  );
});

test("what a program reads stands alone on stdout, and what people read may follow one another", () => {
  const to = (format: string, file: string | null = null) => ({ format: format as "csv", file });
  expect(() => requireOutputs([to("junit"), to("terminal")])).toThrow(
    "--format junit and --format terminal don't go together on stdout",
  );
  expect(() => requireOutputs([to("csv", "-"), to("github")])).toThrow("on stdout");
  expect(() => requireOutputs([to("terminal")], true)).toThrow("--json and --format terminal");
  expect(() => requireOutputs([to("csv", "a.csv")], true)).not.toThrow();
  expect(() =>
    requireOutputs([to("terminal"), to("github"), to("markdown", "-"), to("csv", "a.csv")]),
  ).not.toThrow();
});

test("a rendering does not replace the record of a run, also not through a link", () => {
  const run = mkdtempSync(join(tmpdir(), "sbx-record-"));
  onTestFinished(() => rmSync(run, { recursive: true }));
  for (const name of ["run.json", "launches.ndjson"]) writeFileSync(join(run, name), "record");
  symlinkSync(join(run, "run.json"), join(run, "link.csv"));
  for (const name of ["run.json", "launches.ndjson", "link.csv"]) {
    expect(() => writeNamed(join(run, name), "csv", "--output-file")).toThrow(
      "would replace the record of a run",
    );
  }
  expect(readFileSync(join(run, "run.json"), "utf8")).toBe("record");
});

test("two outputs to one file are refused", () => {
  const outputs = ["junit", "json"].map((format) => ({ format: format as "json", file: "same" }));
  expect(() => requireOutputs(outputs)).toThrow("--output-file same is given twice");
  expect(() => requireOutputs([outputs[0]!, { format: "json", file: "./other" }])).not.toThrow();
});
