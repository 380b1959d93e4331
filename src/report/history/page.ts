/** History as one page that asks nothing of the network. */

import { documentHtml, type Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { formatShare, formatValue, plural } from "../kit/format.ts";
import { figureHtml } from "../kit/html-figure.ts";
import { chartToSvg } from "../kit/render-chart.ts";
import { tableHtml } from "../kit/table.ts";
import { historyChart } from "./chart.ts";
import type { HistoryView } from "./history-view.ts";
import { changeText, newestText } from "./terminal.ts";

export async function historyPage(view: HistoryView): Promise<string> {
  const chart = historyChart(view);
  const sections: Section[] = [
    ...(chart === null
      ? []
      : [
          {
            id: "section-history",
            title: "Chart",
            html: figureHtml(chart, await chartToSvg(chart, "light"), "h2"),
          },
        ]),
    { id: "newest", title: "Newest run", html: `<h2>The newest run of each cell</h2>${newestHtml(view)}` },
    { id: "changes", title: "Changes", html: `<h2>Lasting changes</h2>${changesHtml(view)}` },
    { id: "warnings", title: "Warnings", html: `<h2>Warnings</h2>${warningsHtml(view)}` },
  ];
  const host =
    view.fingerprint === null
      ? "all fingerprints"
      : `fingerprint <code>${escapeHtml(view.fingerprint)}</code>`;
  const title = chart?.title ?? `${view.metric} over time`;
  return documentHtml({
    title: `sbx-bench ${title}`,
    runId: `history-${view.metric.replaceAll(/[^\w.-]/g, "-")}`,
    header: `<h1>${escapeHtml(title)}</h1>
<p class="soft">${plural(view.runs, "run")}, ${host}</p>`,
    sections,
    charts: chart === null ? [] : [chart],
  });
}

function newestHtml({ series }: HistoryView): string {
  return tableHtml(
    "Newest run",
    ["cell", "newest and what was expected"],
    series.map((one) => [one.cell, newestText(one).replace(/^newest /, "")]),
  );
}

function changesHtml({ series, minChange }: HistoryView): string {
  const changes = series.flatMap(({ cell, unit, changes }) =>
    changes.map((change) => [cell, changeText(change, (value) => formatValue(value, unit))]),
  );
  if (changes.length === 0) return `<p>None of ${formatShare(minChange)} or more.</p>`;
  return tableHtml("Lasting changes", ["cell", "change"], changes);
}

function warningsHtml({ warnings, skipped }: HistoryView): string {
  const all = [...warnings, ...skipped.map((text) => `skipped ${text}`)];
  if (all.length === 0) return "<p>None.</p>";
  return `<ul>${all.map((text) => `<li>${escapeHtml(text)}</li>`).join("\n")}</ul>`;
}
