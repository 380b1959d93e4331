/** A comparison as one page that asks nothing of the network. */
import type { Comparison } from "../../check/comparison-types.ts";
import { documentHtml, type Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { plural } from "../kit/format.ts";
import { figureHtml } from "../kit/html-figure.ts";
import { chartToSvg } from "../kit/render-chart.ts";
import { tableHtml } from "../kit/table.ts";
import { verdictForest } from "./forest.ts";
import { type Gap, tableOf, type VerdictRow, type VerdictView, verdictView } from "./verdict-view.ts";

/** Many narrow columns, none of them broken over lines. */
const TABLE_STYLE = ".tight td, .tight thead th { min-width: 0; white-space: nowrap; }\n";

/** @param strict `unclear` counts as a failure */
export async function renderComparisonHtml(comparison: Comparison, strict = false): Promise<string> {
  const view = verdictView(comparison, strict);
  const chart = verdictForest(view);
  const { worse, unclear, better, same } = view.rows;
  const [unseen, others] = [true, false].map((is) =>
    view.notCompared.filter(({ isUnseen }) => isUnseen === is),
  );
  const sections: Section[] = [
    ...gapSection("broken", "Broken", view.broken, "Broken: side b can no longer do this"),
    ...gapSection("missing", "Missing in b", unseen!, "Missing in b: the gate no longer sees this"),
    ...(chart === null
      ? []
      : [
          {
            id: "section-changes",
            title: "Changes",
            html: figureHtml(chart, await chartToSvg(chart, "light"), "h2"),
          },
        ]),
    ...rows("worse", "Worse", worse),
    ...rows("unclear", "Unclear", unclear),
    ...rows("better", "Better", better),
    ...rows("same", "Same", same, true),
    ...rows("ungated", "Shown only, not gated", view.ungated, true),
    ...gapSection("not-compared", "Not compared", others!),
    { id: "warnings", title: "Warnings", html: `<h2>Warnings</h2>${warnings(view.warnings)}` },
    {
      id: "provenance",
      title: "Provenance",
      html: `<h2>Where the numbers come from</h2>${tableHtml(
        "Provenance",
        ["", "a", "b"],
        view.provenance.map(({ label, a, b }) => [label, a, b]),
      )}`,
    },
  ];
  return documentHtml({
    title: `sbx-bench: ${comparison.a.label} against ${comparison.b.label}`,
    runId: `${comparison.b.runId}-comparison`,
    header: header(view),
    sections,
    style: TABLE_STYLE,
    charts: chart === null ? [] : [chart],
  });
}

function header(view: VerdictView): string {
  const banner = view.banner === null ? "" : `<p class="banner" role="alert">${escapeHtml(view.banner)}</p>`;
  const sides = view.sides.map(
    ({ side, label, detail }) =>
      `<div class="tile"><dt>${side}</dt><dd><code>${escapeHtml(label)}</code><span>${escapeHtml(detail)}</span></dd></div>`,
  );
  return `${banner}
<h1>${escapeHtml(view.headline)}</h1>
<p class="lead">${escapeHtml(view.trust)}</p>
<dl class="tiles">${sides.join("\n")}</dl>`;
}

/** What needs no action is folded. */
function rows(id: string, title: string, list: readonly VerdictRow[], isFolded = false): Section[] {
  if (list.length === 0) return [];
  const heading = `${title}: ${plural(list.length, "metric")}`;
  const { head, rows: cells } = tableOf(list);
  const table = `<div class="tight">${tableHtml(title, head, cells)}</div>`;
  const html = isFolded
    ? `<details class="fold"><summary>${heading}</summary>${table}</details>`
    : `<h2>${heading}</h2>${table}`;
  return [{ id, title, html }];
}

function gapSection(id: string, title: string, list: readonly Gap[], heading = title): Section[] {
  return list.length === 0 ? [] : [{ id, title, html: `<h2>${heading}</h2>${gaps(list)}` }];
}

function gaps(list: readonly Gap[]): string {
  const items = list.map(
    ({ reason, what }) =>
      `<li><strong>${escapeHtml(reason)}</strong><p class="cells">${what.map((one) => `<code>${escapeHtml(one)}</code>`).join(" ")}</p></li>`,
  );
  return `<ul class="plain">${items.join("\n")}</ul>`;
}

function warnings(list: readonly string[]): string {
  if (list.length === 0) return "<p>None.</p>";
  return `<ul>${list.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("\n")}</ul>`;
}
