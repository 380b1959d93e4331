/**
 * SARIF 2.1.0 (OASIS Standard, 2020). Its `kind` has a word for each verdict, better than pass or fail:
 * worse and broken = fail, better and same = pass, unclear = open, not compared = notApplicable.
 *
 * A result names its cell as a logical location and no file: a slow sandbox stands in none. Viewers of SARIF
 * show that; GitHub's code scanning refuses results without a file, and a fork's pull request may not upload.
 */
import { visibleJson, visibleValues } from "../../base/visible-text.ts";
import { type Comparison, VERDICT_ORDER, type VerdictName } from "../../check/comparison-types.ts";
import { toldOf } from "./told.ts";
import type { Gap, VerdictRow, VerdictView } from "./verdict-view.ts";

const KINDS: Record<VerdictName, "fail" | "open" | "pass"> = {
  worse: "fail",
  unclear: "open",
  better: "pass",
  same: "pass",
};

const RULES = [
  { id: "broken", text: "Measured before, and without a usable figure now." },
  { id: "worse", text: "A metric costs more than its limit allows." },
  { id: "unclear", text: "Too few launches to tell whether a metric costs more." },
  { id: "better", text: "A metric costs less than its limit below the other side." },
  { id: "same", text: "A metric costs the same within its limit." },
  { id: "not-compared", text: "A cell has no number on one of the sides." },
] as const;

export function verdictSarif(view: VerdictView, comparison: Comparison, strict: boolean): string {
  const { a, b } = comparison;
  const rows = VERDICT_ORDER.flatMap((verdict) => view.rows[verdict]);
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "sbx-bench",
            semanticVersion: b.toolVersion,
            rules: RULES.map(({ id, text }) => ({ id, shortDescription: { text } })),
          },
        },
        automationDetails: { id: `sbx-bench/${b.runId}`, description: { text: `${a.label} → ${b.label}` } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: view.warnings.map((text) => ({
              level: "warning",
              message: { text },
            })),
          },
        ],
        results: [
          ...rows.map((row) => result(row, strict)),
          ...view.broken.flatMap((gap) => gapResults(gap, "broken", true)),
          ...view.notCompared.flatMap((gap) => gapResults(gap, "not-compared", strict && gap.isUnseen)),
        ],
      },
    ],
  };
  return `${visibleJson(visibleValues(log))}\n`;
}

function result(row: VerdictRow, strict: boolean) {
  const { verdict, metric } = row;
  const isFailure = verdict === "worse" || (verdict === "unclear" && strict);
  const { effect, mde } = toldOf(metric);
  return {
    ruleId: verdict,
    kind: isFailure ? "fail" : KINDS[verdict],
    // The standard wants "none" wherever the kind is not "fail".
    level: isFailure ? "error" : "none",
    message: {
      text: `${row.name}: ${row.figures}${row.power === "" ? "" : `; ${row.power}`}`,
    },
    locations: [location(`${row.cell}::${row.name}`)],
    partialFingerprints: { "metric/v1": `${row.cell}::${row.name}` },
    properties: {
      ...effect,
      mde,
      roundsToSettle: metric.roundsToSettle,
    },
  };
}

function gapResults({ reason, what }: Gap, ruleId: "broken" | "not-compared", isFailure: boolean) {
  return what.map((one) => ({
    ruleId,
    kind: isFailure ? "fail" : "notApplicable",
    level: isFailure ? "error" : "none",
    message: { text: `${one}: ${reason}` },
    locations: [location(one)],
  }));
}

function location(fullyQualifiedName: string) {
  return { logicalLocations: [{ fullyQualifiedName, kind: "member" }] };
}
