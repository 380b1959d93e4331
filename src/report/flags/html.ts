/** The part of the page that says what each flag of runsc changes. */

import type { Section } from "../kit/document.ts";
import { escapeHtml } from "../kit/escape.ts";
import type { Table } from "../kit/figure.ts";
import { tableHtml } from "../kit/table.ts";
import type { FlagEffectsView } from "./view.ts";

export function flagEffectsSection(view: FlagEffectsView): Section {
  const pairs = view.pairs === null ? "" : open(view.pairs);
  return {
    id: `section-${view.title.replaceAll(/[^\w-]+/g, "-").toLowerCase()}`,
    title: view.title,
    html: `<h2>${escapeHtml(view.title)}</h2>
<p class="soft">${escapeHtml(view.trust)}</p>
${open(view.overview)}${pairs}
${view.details.map(folded).join("\n")}`,
  };
}

function open({ title, head, rows }: Table): string {
  return `<h3>${escapeHtml(title)}</h3>${rows.length === 0 ? "<p>None.</p>" : tableHtml(title, head, rows)}`;
}

function folded({ title, head, rows }: Table): string {
  return `<details class="fold"><summary>${escapeHtml(title)}</summary>${tableHtml(title, head, rows)}</details>`;
}
