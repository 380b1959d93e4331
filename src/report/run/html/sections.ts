/** The parts of the page that are words and tables. */

import { escapeHtml } from "../../kit/escape.ts";
import { plural } from "../../kit/format.ts";
import { tableHtml } from "../../kit/table.ts";
import type { HeadlineView, ReportView } from "../view/report-view.ts";

export function headlineHtml(headline: HeadlineView): string {
  const tiles = headline.tiles.map(
    (tile) => `<div class="tile"><dt>${escapeHtml(tile.label)}</dt>
<dd><strong>${escapeHtml(tile.value)}</strong> <span>${escapeHtml(tile.detail)}</span>${
      tile.others.length === 0
        ? ""
        : `<small>${tile.others.map((other) => `<span>${escapeHtml(other)}</span>`).join(" ")}</small>`
    }</dd></div>`,
  );
  const about = headline.configuration === null ? "" : ` <code>${escapeHtml(headline.configuration)}</code>`;
  return `<p class="lead">${escapeHtml(headline.text)}</p>
${tiles.length === 0 ? "" : `<p class="about">The sandbox in the boxes:${about}</p><dl class="tiles">${tiles.join("\n")}</dl>`}`;
}

export function findingsHtml({ findings }: ReportView): string {
  if (findings.length === 0) return "<p>Nothing out of the ordinary.</p>";
  const items = findings.map(
    ({ severity, title, detail }) =>
      `<li class="${severity}"><strong><span class="tag">${severity}</span> ${escapeHtml(title)}</strong><p>${escapeHtml(detail)}</p></li>`,
  );
  return `<ul class="findings">${items.join("\n")}</ul>`;
}

export function failedHtml({ failed }: ReportView): string {
  if (failed.length === 0) return "<p>No cell failed.</p>";
  return failed
    .map(({ cell, reason, evidence }) => {
      const proof =
        evidence === null
          ? ""
          : `<p>${escapeHtml(evidence.kind)} in round ${escapeHtml(String(evidence.round))} (${escapeHtml(evidence.exit)})${evidence.message === reason ? "" : `: ${escapeHtml(evidence.message)}`}.</p>${
              evidence.output === "" ? "" : `<pre tabindex="0">${escapeHtml(evidence.output)}</pre>`
            }`;
      return `<article class="failed"><h4><code>${escapeHtml(cell)}</code></h4><p>${escapeHtml(reason)}</p>${proof}</article>`;
    })
    .join("\n");
}

export function notRunHtml({ notRun, skips }: ReportView): string {
  const groups = notRun.map(
    ({ status, reason, what, cells }) =>
      `<li><strong>${plural(cells.length, "cell")} ${status}</strong>: ${escapeHtml(reason)}<br><span class="soft">${escapeHtml(what)}</span>
<details><summary>Which cells</summary><p class="cells">${cells.map((cell) => `<code>${escapeHtml(cell)}</code>`).join(" ")}</p></details></li>`,
  );
  const list =
    groups.length === 0
      ? "<p>Every cell of the plan ran.</p>"
      : `<ul class="plain">${groups.join("\n")}</ul>`;
  if (skips.length === 0) return list;
  const rows = skips.map(({ reason, ops, cells }) => [reason, ops.join(", "), String(cells)]);
  return `${list}<h4>Operations left out of cells that ran</h4>${tableHtml("Operations left out", ["reason", "operations", "cells"], rows)}`;
}

export function checksHtml({ checks }: ReportView): string {
  if (checks.length === 0) return "<p>No scenario of this run checks itself.</p>";
  const wrong = checks.filter(({ held, of }) => held < of);
  const rows = (list: ReportView["checks"]) =>
    list.map(({ cell, name, held, of }) => [cell, name, `${held} of ${of}`]);
  const head = ["cell", "check", "held"];
  const summary = `<p>${plural(checks.length, "check")} in all, ${wrong.length === 0 ? "all of them held" : `${wrong.length} did not always hold`}.</p>`;
  const broken = wrong.length === 0 ? "" : tableHtml("Checks that did not hold", head, rows(wrong));
  return `${summary}${broken}<details><summary>All checks</summary>${tableHtml("All checks", head, rows(checks))}</details>`;
}

export function warningsHtml({ warnings }: ReportView): string {
  if (warnings.length === 0) return "<p>None.</p>";
  const items = warnings.map(({ summary, all }) => {
    const each = all.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("\n");
    const details =
      all.length === 0 ? "" : `<details><summary>Each of them</summary><ul>${each}</ul></details>`;
    return `<li>${escapeHtml(summary)}${details}</li>`;
  });
  return `<ul>${items.join("\n")}</ul>`;
}

export function provenanceHtml({ provenance }: ReportView): string {
  return tableHtml(
    "Provenance",
    ["what", "value"],
    provenance.map(({ label, value }) => [label, value]),
  );
}
