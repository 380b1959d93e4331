/** The part of the page that says what a server costs and holds. */
import type { Chart } from "../kit/chart.ts";
import type { Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { figureHtml } from "../kit/html-figure.ts";
import { chartToSvg } from "../kit/render-chart.ts";
import { tableHtml } from "../kit/table.ts";
import { overviewTable, ratesTable } from "./tables.ts";
import type { ServerView } from "./view.ts";

export async function serverSection(view: ServerView, chart: Chart | null): Promise<Section> {
  const [overview, rates] = [overviewTable(view), ratesTable(view)];
  return {
    id: `section-server-${view.name.replaceAll(/[^\w-]/g, "_")}`,
    title: `Server ${view.name}`,
    html: `<h2>Server ${escapeHtml(view.name)}</h2>
${tableHtml(overview.title, overview.head, overview.rows)}
${chart === null ? "" : figureHtml(chart, await chartToSvg(chart, "light"), "h3")}
<details class="fold" open><summary>${escapeHtml(rates.title)}</summary>${tableHtml(rates.title, rates.head, rates.rows)}</details>`,
  };
}
