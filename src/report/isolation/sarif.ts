/**
 * SARIF 2.1.0 (OASIS Standard, 2020): one rule a probe, one result a configuration that it reached the host from. What
 * nothing is known of is `open`, never `pass`. As for metrics, a result has a logical location and no file.
 */
import { visibleJson, visibleValues } from "../../base/visible-text.ts";
import type { VerdictName } from "../../isolation/verdict.ts";
import type { IsolationView } from "./view.ts";
import { hostText } from "./words.ts";

const KINDS: Record<VerdictName, "fail" | "open" | "pass" | "notApplicable"> = {
  reached: "fail",
  error: "open",
  emulated: "pass",
  killed: "pass",
  blocked: "pass",
  absent: "notApplicable",
};

export function isolationSarif(view: IsolationView): string {
  const { result, probes } = view;
  const baseline = result.configurations[0]?.id;
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "sbx-bench",
            semanticVersion: result.toolVersion,
            rules: probes.map(({ name, tries, technique, fix }) => ({
              id: name,
              shortDescription: { text: `A program in the sandbox can ${tries}.` },
              fullDescription: { text: technique },
              help: { text: fix },
            })),
          },
        },
        automationDetails: { id: `sbx-bench/probes/${result.id}`, description: { text: hostText(result) } },
        results: result.configurations
          // Natively everything is open: that is no finding.
          .filter(({ id, status }) => status === "probed" && id !== baseline)
          .flatMap(({ id, verdicts }) =>
            verdicts.map(({ probe, verdict, detail }) => ({
              ruleId: probe,
              kind: KINDS[verdict],
              level: verdict === "reached" ? "error" : "none",
              message: { text: `${id}: ${verdict}: ${detail}` },
              locations: [{ logicalLocations: [{ fullyQualifiedName: `${id}::${probe}`, kind: "member" }] }],
              partialFingerprints: { "probe/v1": `${id}::${probe}` },
            })),
          ),
      },
    ],
  };
  return `${visibleJson(visibleValues(log))}\n`;
}
