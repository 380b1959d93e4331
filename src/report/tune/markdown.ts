/** Advice as GitHub-flavoured Markdown. */

import { plural } from "../kit/format.ts";
import {
  markdownBlock,
  markdownCode,
  markdownDocument,
  markdownTable,
  markdownText,
} from "../kit/markdown-text.ts";
import { changeGroups } from "./groups.ts";
import type { Snippet } from "./snippets.ts";
import type { TuneReport } from "./tune-report.ts";
import {
  because,
  CORPUS_NOTE,
  effectsNote,
  estimateText,
  FRONT_RULE,
  frontBasisText,
  fronts,
  headline,
  isBeyondDoubt,
  LAYER_LEGEND,
  lacksText,
  layersText,
  levelText,
  othersText,
  slowdownText,
  sourceText,
  switchesText,
  switchText,
} from "./words.ts";

export function tuneMarkdown(report: TuneReport): string {
  const { warnings, workload, changes } = report;
  const parts = [
    `## ${markdownText(headline(report))}`,
    markdownText(because(report)),
    markdownText(`${workload.text} ${sourceText(report)}`),
    ...warnings.map((warning) => `> [!WARNING]\n> ${markdownText(warning)}`),
    ...changeGroups(report).map(
      ({ title, changes: own }) =>
        `### ${title}\n\n${markdownTable(
          ["change", "cost", "gives up", "needs", "also"],
          own.map((change) => [
            switchesText(change),
            estimateText(change.estimate),
            change.prices.map(({ kind, text, source }) => `${kind}: ${text} (${source})`).join("; ") ||
              "nothing known",
            change.needs.join("; ") || "nothing",
            [change.why ?? "", ...othersText(change), lacksText(change.estimate)]
              .filter((text) => text !== "")
              .join("; "),
          ]),
        )}`,
    ),
    effects(report),
    front(report),
    gaps(report),
    `### To use ${markdownCode(report.use.configuration)}`,
    ...report.use.snippets.map(block),
    report.use.notes.map((note) => `- ${markdownText(note)}`).join("\n"),
    changes.some(({ estimate }) => estimate.basis === "corpus") ? markdownText(CORPUS_NOTE) : "",
  ];
  return markdownDocument(parts);
}

function effects({ effects: { main, interactions, fixed } }: TuneReport): string {
  const beyond = interactions.filter(isBeyondDoubt);
  const rows = [
    ...main.map((effect) => [
      switchText(effect),
      estimateText(effect.estimate),
      plural(effect.contexts, "context"),
      lacksText(effect.estimate),
    ]),
    ...interactions.map((effect) => [
      effect.factors.map(switchText).join(" × "),
      `${estimateText(effect.estimate)} beyond both alone`,
      plural(effect.contexts, "context"),
      lacksText(effect.estimate),
    ]),
  ];
  const only = fixed.map(({ factor, level }) => `${factor}: only ${level} was measured`);
  const table =
    rows.length === 0
      ? ""
      : markdownTable(["factor", "effect on the cost", "averaged over", "without"], rows);
  const notes = [...only, effectsNote(interactions.length, beyond.length)]
    .map((note) => `- ${markdownText(note)}`)
    .join("\n");
  return `### Effects and interactions\n\n${table}\n\n${notes}`;
}

function front(report: TuneReport): string {
  if (report.front.length === 0) return "";
  const rows = report.front.map((row) => [
    `${row.configuration}${row.configuration === report.from ? " (now)" : ""}`,
    layersText(row),
    row.configuration === report.baseline ? "1x (baseline)" : slowdownText(row),
    levelText(row.startupNs, "ns"),
    levelText(row.memoryBytes, "bytes"),
    fronts(row),
  ]);
  return [
    "### Cost against security",
    markdownText(`${frontBasisText(report)}. ${FRONT_RULE}`),
    LAYER_LEGEND.map((line) => `- ${markdownText(line)}`).join("\n"),
    markdownTable(
      ["configuration", "layers", "slowdown", "start-up", "memory", "on the Pareto front of"],
      rows,
    ),
  ].join("\n\n");
}

function gaps({ unmeasured }: TuneReport): string {
  if (unmeasured.length === 0) return "";
  const lines = unmeasured.map(
    ({ reason, status, configurations }) =>
      `- ${plural(configurations.length, "configuration")} ${status}: ${markdownText(reason)} (${configurations.map(markdownCode).join(", ")})`,
  );
  return `### Not measured here, so neither advised nor advised against\n\n${lines.join("\n")}`;
}

function block({ title, file, language, text }: Snippet): string {
  return `${markdownText(title)}${file === null ? "" : `, in ${markdownCode(file)}`}:\n\n${markdownBlock(text, language)}`;
}
