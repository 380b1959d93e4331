import { describe, expect, test } from "vitest";
import { renderComparison } from "../../../src/report/comparison/render-comparison.ts";
import { comparisonFixture, onlyVerdicts } from "./fixture.ts";
import { type Element, parseXml } from "./xml.ts";

const root = parseXml(renderComparison(comparisonFixture(), "junit"));

function cases(element: Element): Element[] {
  return element.name === "testcase" ? [element] : element.children.flatMap(cases);
}

function counts(elements: readonly Element[]): Record<string, string> {
  const having = (child: string) =>
    String(elements.filter(({ children }) => children.some(({ name }) => name === child)).length);
  return {
    tests: String(elements.length),
    failures: having("failure"),
    errors: "0",
    skipped: having("skipped"),
  };
}

describe("a comparison as JUnit XML", () => {
  test("the totals of the whole and of every suite are those of its cases", () => {
    for (const element of [root, ...root.children]) {
      expect(element.attributes).toMatchObject(counts(cases(element)));
    }
  });

  test("a test case for each gated metric, and for each thing broken, not compared or warned of", () => {
    expect(cases(root).length).toBe(17 + 1 + 3 + 1);
    expect(root.attributes).toMatchObject({ failures: "5", skipped: "7" });
  });

  test("every case has the attributes that readers ask for", () => {
    for (const { attributes } of cases(root)) {
      expect(Object.keys(attributes)).toEqual(["classname", "name", "time"]);
    }
    for (const { attributes } of root.children) {
      expect(attributes.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    }
  });

  test("unclear is skipped, and a failure where the gate is strict", () => {
    const open = onlyVerdicts("unclear");
    expect(parseXml(renderComparison(open, "junit")).attributes.skipped).toBe("3");
    const strict = parseXml(renderComparison(open, "junit", { strict: true }));
    expect(strict.attributes).toMatchObject({ failures: "3", skipped: "0" });
  });

  test("markup and control characters in a reason are harmless", () => {
    const reason = `"quoted" & <b>bold</b> ]]> \u0000\u001b[31m\n end`;
    const broken = [{ cell: "c::s", scenario: "s", metric: null, reason }];
    const parsed = parseXml(renderComparison(comparisonFixture({ broken }), "junit"));
    const message = cases(parsed)[0]!.children[0]!.attributes.message;
    expect(message).toBe(`broken: "quoted" & <b>bold</b> ]]> \\x00\\x1b[31m\n end`);
  });

  test("nothing of an emulated run passes or fails", () => {
    const emulated = parseXml(
      renderComparison(comparisonFixture({ emulated: true, broken: [], notCompared: [] }), "junit"),
    );
    expect(emulated.attributes).toMatchObject({ tests: "2", failures: "0", skipped: "2" });
  });
});
