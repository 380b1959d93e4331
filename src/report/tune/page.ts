/** Advice as one page that asks nothing of the network. */

import { documentHtml, type Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { plural } from "../kit/format.ts";
import { figureHtml } from "../kit/html-figure.ts";
import { chartToSvg } from "../kit/render-chart.ts";
import { tableHtml } from "../kit/table.ts";
import { frontChart } from "./front-chart.ts";
import { changeGroups } from "./groups.ts";
import type { TuneReport } from "./tune-report.ts";
import {
  because,
  effectsNote,
  estimateText,
  frontBasisText,
  headline,
  isBeyondDoubt,
  LAYER_LEGEND,
  lacksText,
  othersText,
  sourceText,
  switchesText,
  switchText,
} from "./words.ts";

export async function tunePage(report: TuneReport): Promise<string> {
  const chart = frontChart(report);
  const front =
    chart === null
      ? "<h2>Cost against security</h2><p>Nothing can be held against the baseline.</p>"
      : figureHtml(chart, await chartToSvg(chart, "light"), "h2");
  const sections: Section[] = [
    { id: "changes", title: "Changes", html: `<h2>Changes</h2>\n${changesHtml(report)}` },
    { id: "effects", title: "Effects", html: `<h2>Effects and interactions</h2>\n${effectsHtml(report)}` },
    {
      id: "section-front",
      title: "Cost against security",
      html: `${front}\n${listHtml(LAYER_LEGEND)}\n<p class="soft">${escapeHtml(frontBasisText(report))}</p>`,
    },
    {
      id: "gaps",
      title: "Not measured",
      html: `<h2>Neither advised nor advised against</h2>\n${gapsHtml(report)}`,
    },
    {
      id: "use",
      title: "Set it",
      html: `<h2>To use <code>${escapeHtml(report.use.configuration)}</code></h2>\n${useHtml(report)}`,
    },
  ];
  return documentHtml({
    title: `sbx-bench tune ${report.runId}`,
    runId: `tune-${report.runId}`,
    header: `<h1>${escapeHtml(headline(report))}</h1>
<p>${escapeHtml(because(report))}</p>
<p class="soft">${escapeHtml(`${report.workload.text} ${sourceText(report)}`)}</p>
${listHtml(report.warnings)}`,
    sections,
    charts: chart === null ? [] : [chart],
  });
}

function changesHtml(report: TuneReport): string {
  return changeGroups(report)
    .map(
      ({ title, changes }) =>
        `<h3>${escapeHtml(title)}</h3>\n${tableHtml(
          title,
          ["change", "cost", "gives up", "needs", "also"],
          changes.map((change) => [
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
    )
    .join("\n");
}

function effectsHtml({ effects: { main, interactions, fixed } }: TuneReport): string {
  const rows = [
    ...main.map((effect) => [
      switchText(effect),
      estimateText(effect.estimate),
      plural(effect.contexts, "context"),
    ]),
    ...interactions.map((effect) => [
      effect.factors.map(switchText).join(" × "),
      `${estimateText(effect.estimate)} beyond both alone`,
      plural(effect.contexts, "context"),
    ]),
  ];
  const only = fixed.map(({ factor, level }) => `${factor}: only ${level} was measured`);
  return `${tableHtml("Effects", ["factor", "effect on the cost", "averaged over"], rows)}
${listHtml([...only, effectsNote(interactions.length, interactions.filter(isBeyondDoubt).length)])}`;
}

function gapsHtml({ unmeasured }: TuneReport): string {
  if (unmeasured.length === 0) return "<p>Everything that was planned was measured.</p>";
  return tableHtml(
    "Not measured",
    ["reason", "configurations"],
    unmeasured.map(({ reason, status, configurations }) => [
      `${status}: ${reason}`,
      configurations.join(", "),
    ]),
  );
}

function useHtml({ use: { snippets, notes } }: TuneReport): string {
  const blocks = snippets.map(
    ({ title, file, text }) =>
      `<h3>${escapeHtml(title)}${file === null ? "" : `, in <code>${escapeHtml(file)}</code>`}</h3>\n<pre>${escapeHtml(text)}</pre>`,
  );
  return `${blocks.join("\n")}\n${listHtml(notes)}`;
}

function listHtml(items: readonly string[]): string {
  return items.length === 0
    ? ""
    : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")}</ul>`;
}
