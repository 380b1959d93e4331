import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";

const COMMAND = /^::(error|warning|notice) title=[^:,\n]+::[^\n]+$/;

function levels(text: string): Record<string, number> {
  const counts: Record<string, number> = { error: 0, warning: 0, notice: 0 };
  for (const line of text.trimEnd().split("\n")) counts[COMMAND.exec(line)![1]!]!++;
  return counts;
}

describe("annotations", () => {
  test("every line is one workflow command", () => {
    const lines = renderComparison(comparisonFixture(), "github").trimEnd().split("\n");
    expect(lines.filter((line) => !COMMAND.test(line))).toEqual([]);
  });

  test("a line break, a percent sign, a colon and a comma are escaped", () => {
    const broken = [{ cell: "a,b::c", scenario: "c", metric: null, reason: "100 %\r\n::error::forged" }];
    const [line] = renderComparison(comparisonFixture({ broken }), "github").split("\n");
    expect(line).toBe("::error title=Broken%3A a%2Cb%3A%3Ac::100 %25%0A\\x3a:error::forged");
  });

  test("worse is an error, unclear a warning, and an error where the gate is strict", () => {
    const both = onlyVerdicts("worse", "unclear");
    expect(levels(renderComparison(both, "github"))).toEqual({ error: 4, warning: 3, notice: 1 });
    expect(levels(renderComparison(both, "github", { strict: true }))).toEqual({
      error: 7,
      warning: 0,
      notice: 1,
    });
  });

  test("beyond the ten that GitHub shows, the last says how many are left out", () => {
    const { metrics } = onlyVerdicts("worse");
    const many = Array.from({ length: 5 }, () => metrics).flat();
    const text = renderComparison(comparisonFixture({ metrics: many, broken: [] }), "github");
    expect(levels(text).error).toBe(10);
    expect(text).toContain("and 11 more; the job summary lists them all");
  });
});
