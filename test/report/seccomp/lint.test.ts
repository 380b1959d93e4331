import { expect, test } from "vitest";
import { lintSarif } from "../../../src/report/seccomp/lint-sarif.ts";
import { lintTerminal } from "../../../src/report/seccomp/lint-terminal.ts";
import type { LocatedFinding } from "../../../src/seccomp/lint/finding.ts";

const FINDING: LocatedFinding = {
  rule: "missing-call",
  severity: "error",
  sandboxes: ["runc"],
  message: "getdents64 is denied",
  fix: "Allow getdents64.",
  line: 7,
};

test("people get file, line, why and what to do", () => {
  expect(lintTerminal("p.json", [FINDING])).toBe(
    "p.json:7  error  missing-call\n  runc: getdents64 is denied.\n  fix: Allow getdents64.\n1 error, 0 warnings, 0 notes\n",
  );
});

test("SARIF has the rule, the level and the line", () => {
  const { runs } = JSON.parse(lintSarif("p.json", [FINDING], "1.0.0"));
  expect(runs[0].tool.driver.rules).toEqual([{ id: "missing-call" }]);
  expect(runs[0].results[0]).toMatchObject({
    ruleId: "missing-call",
    level: "error",
    locations: [{ physicalLocation: { artifactLocation: { uri: "p.json" }, region: { startLine: 7 } } }],
  });
});

test("a question mark ends a sentence, too", () => {
  expect(lintTerminal("p", [{ ...FINDING, message: 'Did you mean "mmap"?' }])).toContain('"mmap"?\n');
});
