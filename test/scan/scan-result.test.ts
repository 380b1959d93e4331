import { expect, test } from "vitest";
import { scanSarif } from "../../src/report/scan/sarif.ts";
import { scanTerminal } from "../../src/report/scan/terminal.ts";
import { judgeScan, type RawScan, type ScanPolicy } from "../../src/scan/scan-result.ts";

const at = (rule: RawScan["findings"][number]["rule"], line: number, what: string) => ({
  ...{ rule, file: "main.go", line, column: 1, what },
});
const RAW: RawScan = {
  tier: "types",
  files: 2,
  bytes: 100,
  findings: [
    { ...at("delete", 4, "os.RemoveAll"), reach: "called" },
    at("read", 5, "os.Open"),
    at("exec", 9, "os/exec.Command"),
  ],
  allowances: [
    { rule: "delete", file: "main.go", line: 3, reason: "cleans its own folder" },
    { rule: "exec", file: "main.go", line: 9, reason: "" },
  ],
};
const POLICY: ScanPolicy = { deny: [], allow: [], heedsComments: false };

test("what a rule denies fails the scan, what it notes does not, and options change both", () => {
  expect(judgeScan("x", RAW, POLICY)).toMatchObject({ denied: 2, unheeded: 2 });
  expect(judgeScan("x", RAW, { ...POLICY, allow: ["delete", "exec"] }).denied).toBe(0);
  expect(judgeScan("x", RAW, { ...POLICY, deny: ["read"] }).denied).toBe(3);
});

test("a comment in the source counts only where it is asked to, with a reason, for its line and the next", () => {
  const { findings, denied } = judgeScan("x", RAW, { ...POLICY, heedsComments: true });
  expect(denied).toBe(1);
  expect(findings.map(({ allowedBecause }) => allowedBecause)).toEqual(["cleans its own folder", null, null]);
});

test("a terminal shows what is denied first, and that it is no boundary", () => {
  const raw = { ...RAW, findings: [...RAW.findings, at("exec", 10, "os/exec.\u001b[2J")] };
  const text = scanTerminal(judgeScan("x", raw, POLICY), { columns: 80, colour: false });
  expect(text.indexOf("denied  exec")).toBeLessThan(text.indexOf("noted   read"));
  expect(text).toContain("main.go:4 os.RemoveAll (called)");
  expect(text).toContain("It is no boundary");
  expect(text).not.toContain("\u001b");
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("SARIF has each place with its rule, its level and the system calls it implies", () => {
  const log = JSON.parse(scanSarif(judgeScan("x", RAW, POLICY), "1.0.0"));
  const [run] = log.runs;
  expect(run.results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level])).toEqual([
    ["delete", "error"],
    ["read", "note"],
    ["exec", "error"],
  ]);
  const exec = run.tool.driver.rules.find(({ id }: { id: string }) => id === "exec");
  expect(exec.properties.systemCalls).toContain("execve");
});
