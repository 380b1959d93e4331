/** The frame of every page: one file that asks nothing of the network. */

import { browserBundles, pageAssets } from "./bundles.ts";
import type { Chart } from "./chart.ts";
import { escapeHtml, jsonForScript } from "./escape.ts";
import { themeConfig } from "./theme.ts";

/** Nothing may be fetched; scripts and styles are those of the page; Vega compiles its expressions. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

export type Section = { id: string; title: string; html: string };

type Page = {
  title: string;
  /** Begins the names of the files that the page exports. */
  runId: string;
  /** What stands above the contents. */
  header: string;
  sections: readonly Section[];
  /** Rules of this page alone, after those of every page. */
  style?: string;
  /** Those that the page's script draws: every figure of the sections. */
  charts: readonly Chart[];
  /** Code of this page alone, run after that of every page. */
  scripts?: readonly string[];
};

export async function documentHtml(page: Page): Promise<string> {
  const { title, runId, header, sections, charts } = page;
  const { style, script } = await pageAssets();
  const scripts = charts.length === 0 ? [] : [...(await browserBundles()), script, ...(page.scripts ?? [])];
  const links = sections
    .map((section) => `<li><a href="#${escapeHtml(section.id)}">${escapeHtml(section.title)}</a></li>`)
    .join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>
${style}${page.style ?? ""}</style>
</head>
<body>
<header>
${header}
<nav aria-label="Contents"><ol>${links}</ol></nav>
</header>
<main>
${sections.map(sectionHtml).join("\n")}
</main>
<footer><p>Made by sbx-bench. This file is complete: it loads nothing from the network.</p></footer>
<script type="application/json" id="report-data">${jsonForScript(clientData(runId, charts))}</script>
${scripts.map((code) => `<script>${code}</script>`).join("\n")}
</body>
</html>
`;
}

function sectionHtml({ id, html }: Section): string {
  return `<section id="${escapeHtml(id)}">
${html}
</section>`;
}

function clientData(runId: string, charts: readonly Chart[]) {
  return {
    runId,
    themes: { light: themeConfig("light"), dark: themeConfig("dark") },
    charts: Object.fromEntries(
      charts.map(({ id, spec, fit, csv }) => [id, { spec, fit, csv: compact(csv) }]),
    ),
  };
}

/** Six digits are more than any interval here resolves, and a third of the bytes. */
function compact({ head, rows }: Chart["csv"]): Chart["csv"] {
  return {
    head,
    rows: rows.map((row) =>
      row.map((cell) => (typeof cell === "number" ? Number(cell.toPrecision(6)) : cell)),
    ),
  };
}
