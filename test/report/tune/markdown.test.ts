import { expect, test } from "vitest";
import { tuneMarkdown } from "../../../src/report/tune/markdown.ts";
import { madeFactor, madeReport } from "./made-report.ts";

const text = tuneMarkdown(madeReport(madeFactor(0.8)));

test("every table has rows of the width of its head", () => {
  const tables = text.split("\n\n").filter((part) => part.startsWith("| "));
  expect(tables.length).toBeGreaterThanOrEqual(4);
  for (const table of tables) {
    const widths = table.split("\n").map((line) => line.replaceAll("\\|", "").split("|").length);
    expect(new Set(widths).size, table).toBe(1);
  }
});

test("the answer comes first, the snippets are fenced, and every change has its price", () => {
  expect(text).toMatch(/^## Switch flags from default to faster/);
  expect(text).toContain("```toml\n[runsc_config]\n");
  expect(text).toContain('```json\n{\n  "runtimes"');
  expect(text).toMatch(/\| network: sandbox → host \| -\d+\.\d % .* \| security: gVisor hands socket calls/);
});
