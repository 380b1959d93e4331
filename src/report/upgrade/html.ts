/** The part of the page that answers whether to upgrade runsc. */

import { verdictForest } from "../comparison/forest.ts";
import type { Chart } from "../kit/chart.ts";
import type { Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import { figureHtml } from "../kit/html-figure.ts";
import { chartToSvg } from "../kit/render-chart.ts";
import { tableHtml } from "../kit/table.ts";
import type { UpgradeView } from "./view.ts";

/** What is settled comes first: an upgrade is decided by it, and the unclear rows are many. */
const ORDER = ["worse", "better", "unclear", "same"] as const;

/** `null` where nothing was measured with both. */
export function upgradeChart({ key, rows }: UpgradeView): Chart | null {
  return verdictForest(
    { rows },
    {
      id: `upgrade-${key.replaceAll(/[^\w-]/g, "_")}`,
      title: "Change in cost, metric by metric",
      order: ORDER,
    },
  );
}

export async function upgradeSection(view: UpgradeView, chart: Chart | null): Promise<Section> {
  const tables = [...view.sections, ...view.gaps].map(
    ({ title, head, rows }) =>
      `<details class="fold"><summary>${escapeHtml(title)}</summary>${tableHtml(title, head, rows)}</details>`,
  );
  return {
    id: `section-upgrade-${view.key.replaceAll(/[^\w-]/g, "_")}`,
    title: view.title,
    html: `<h2>${escapeHtml(view.title)}</h2>
<p class="lead">${escapeHtml(view.text)}</p>
<p class="soft">${escapeHtml(view.trust)}</p>
${chart === null ? "" : figureHtml(chart, await chartToSvg(chart, "light"), "h3")}
${tables.join("\n")}`,
  };
}
