/** Findings of `seccomp lint` as SARIF 2.1.0: each with its file and line, so that code scanning takes them. */
import { visibleJson, visibleValues } from "../../base/visible-text.ts";
import type { LocatedFinding, Severity } from "../../seccomp/lint/finding.ts";

const LEVELS: Record<Severity, "error" | "warning" | "note"> = {
  error: "error",
  warning: "warning",
  note: "note",
};

export function lintSarif(file: string, findings: readonly LocatedFinding[], toolVersion: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "sbx-bench", semanticVersion: toolVersion, rules: rules.map((id) => ({ id })) },
        },
        results: findings.map(({ rule, severity, sandboxes, message, fix, line }) => ({
          ruleId: rule,
          level: LEVELS[severity],
          message: { text: `${where(sandboxes)}${sentence(message)} ${fix}` },
          locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } } }],
        })),
      },
    ],
  };
  return `${visibleJson(visibleValues(log))}\n`;
}

/** Which sandboxes a finding is about, as the beginning of a sentence. */
export function where(sandboxes: readonly string[]): string {
  return sandboxes.length === 0 ? "" : `${sandboxes.join(", ")}: `;
}

/** With its full stop, where it has no mark yet. */
export function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}
