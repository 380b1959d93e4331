import type { Chart } from "./chart.ts";
import { escapeHtml } from "./escape.ts";
import { tableHtml } from "./table.ts";

/**
 * A chart with how to read it, its numbers and its exports. The script of the page draws it again, as wide as
 * the page and in its colours; `svg` is what shows before that, without scripts, and on paper.
 */
export function figureHtml(chart: Chart, svg: string | null, heading: "h2" | "h3"): string {
  const { title, caption, description, numbers } = chart;
  const id = escapeHtml(chart.id);
  return `<figure class="chart fit-${chart.fit.kind}" data-chart="${id}">
<figcaption><${heading} id="${id}">${escapeHtml(title)}</${heading}>
<p>${escapeHtml(caption)}</p></figcaption>
<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(title)}">
<div role="img" aria-label="${escapeHtml(description)}">
<div class="static">${svg === null ? "" : ownIds(svg, id)}</div>
<div class="live"></div>
</div></div>
<div class="actions">
<details class="numbers"><summary>Numbers</summary>
${tableHtml(`${title}: numbers`, numbers.head, numbers.rows)}
</details>
<button type="button" data-export="csv" aria-label="${escapeHtml(title)}: download as CSV">CSV</button>
<button type="button" data-export="svg" aria-label="${escapeHtml(title)}: download as SVG">SVG</button>
<button type="button" data-export="png" aria-label="${escapeHtml(title)}: download as PNG">PNG</button>
</div>
</figure>`;
}

/** Vega counts its gradients from 0 in every drawing; the live one must not find those of the hidden one. */
function ownIds(svg: string, id: string): string {
  return svg.replaceAll(/\b(gradient_|clip)(?=\d)/g, `${id}-$1`);
}
