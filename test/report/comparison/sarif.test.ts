import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";

type Result = { ruleId: string; kind: string; level: string; message: { text: string } };

function run(text: string): {
  tool: { driver: { name: string; rules: { id: string }[] } };
  results: Result[];
} {
  const log = JSON.parse(text);
  expect(log.version).toBe("2.1.0");
  expect(log.runs.length).toBe(1);
  return log.runs[0];
}

const { tool, results } = run(renderComparison(comparisonFixture(), "sarif"));

describe("a comparison as SARIF", () => {
  test("has what the standard requires of a run and of each result", () => {
    expect(tool.driver.name).toBe("sbx-bench");
    for (const { message } of results) expect(message.text).not.toBe("");
  });

  test("every result names a rule that is declared", () => {
    const rules = tool.driver.rules.map(({ id }) => id);
    expect(new Set(rules).size).toBe(rules.length);
    expect(results.filter(({ ruleId }) => !rules.includes(ruleId))).toEqual([]);
  });

  test("each verdict has its kind, and a level only where it fails", () => {
    const kinds = new Map(results.map(({ ruleId, kind, level }) => [ruleId, `${kind} ${level}`]));
    expect(Object.fromEntries(kinds)).toEqual({
      broken: "fail error",
      worse: "fail error",
      unclear: "open none",
      better: "pass none",
      same: "pass none",
      "not-compared": "notApplicable none",
    });
  });

  test("unclear fails where the gate is strict", () => {
    const strict = run(renderComparison(onlyVerdicts("unclear"), "sarif", { strict: true }));
    expect(strict.results.map(({ kind }) => kind)).toEqual(["fail", "fail", "fail"]);
  });
});
