/** Findings of a scan as SARIF 2.1.0: each with its file and line, so that code scanning takes them. */
import { visibleJson, visibleValues } from "../../base/visible-text.ts";
import { SCAN_RULES } from "../../scan/rules.ts";
import { rulesFound, type ScanResult } from "../../scan/scan-result.ts";

export function scanSarif(result: ScanResult, toolVersion: string): string {
  const rules = rulesFound(result).map(({ rule: id }) => ({
    id,
    shortDescription: { text: SCAN_RULES[id].title },
    fullDescription: { text: SCAN_RULES[id].why },
    properties: { capability: SCAN_RULES[id].capability, systemCalls: SCAN_RULES[id].calls },
  }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "sbx-bench", semanticVersion: toolVersion, rules } },
        results: result.findings.map(({ rule, level, file, line, column, what, reach }) => ({
          ruleId: rule,
          level: level === "deny" ? "error" : "note",
          message: {
            text: `${what}: ${SCAN_RULES[rule].title}.${reach === undefined ? "" : ` Reach: ${reach}.`}`,
          },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                region: { startLine: Math.max(1, line), ...(column > 0 ? { startColumn: column } : {}) },
              },
            },
          ],
        })),
      },
    ],
  };
  return `${visibleJson(visibleValues(log))}\n`;
}
