/** `report.html`: one file that asks nothing of the network. */
import { allCharts, chartList } from "../charts/all-charts.ts";
import type { Chart } from "../charts/chart.ts";
import { chartToSvg } from "../charts/render.ts";
import { themeConfig } from "../charts/theme.ts";
import { plural } from "../view/format.ts";
import type { ReportView } from "../view/report-view.ts";
import { browserBundles, pageAssets } from "./bundles.ts";
import { escapeHtml, jsonForScript } from "./escape.ts";
import { figureHtml } from "./figure.ts";
import {
  checksHtml,
  failedHtml,
  findingsHtml,
  headlineHtml,
  notRunHtml,
  provenanceHtml,
  warningsHtml,
} from "./sections.ts";

/** Nothing may be fetched; scripts and styles are those of the page; Vega compiles its expressions. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:";

type Section = { id: string; title: string; html: string };

export async function pageHtml(view: ReportView): Promise<string> {
  const charts = view.performance === null ? null : allCharts(view.performance);
  const list = charts === null ? [] : chartList(charts);
  const sections = [
    { id: "findings", title: "Findings", html: `<h2>What to notice</h2>${findingsHtml(view)}` },
    ...(await chartSections(charts)),
    ...wordSections(view),
  ];
  const { style, script } = await pageAssets();
  const scripts = list.length === 0 ? [] : [...(await browserBundles()), script];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>sbx-bench ${escapeHtml(view.runId)}</title>
<style>
${style}</style>
</head>
<body>
${header(view, sections)}
<main>
${sections.map(sectionHtml).join("\n")}
</main>
<footer><p>Made by sbx-bench. This file is complete: it loads nothing from the network.</p></footer>
<script type="application/json" id="report-data">${jsonForScript(clientData(view.runId, list))}</script>
${scripts.map((code) => `<script>${code}</script>`).join("\n")}
</body>
</html>
`;
}

function header(view: ReportView, sections: readonly Section[]): string {
  const { measured, failed, unavailable, excluded } = view.counts;
  const banner = view.banner === null ? "" : `<p class="banner" role="alert">${escapeHtml(view.banner)}</p>`;
  const links = sections
    .map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`)
    .join("");
  return `<header>
${banner}
<h1>${escapeHtml(view.title)}</h1>
<p class="soft">${escapeHtml(view.subtitle)} · ${plural(measured, "cell")} measured, ${failed} failed, ${unavailable} unavailable, ${excluded} excluded</p>
${view.performance === null ? "" : headlineHtml(view.performance.headline)}
<nav aria-label="Contents"><ol>${links}</ol></nav>
</header>`;
}

async function chartSections(charts: ReturnType<typeof allCharts> | null): Promise<Section[]> {
  if (charts === null) return [];
  const { overhead, ladder, intervals, distributions, startup, memory } = charts;
  const single = async (chart: Chart | null, title: string): Promise<Section[]> =>
    chart === null ? [] : [{ id: `section-${chart.id}`, title, html: await drawn(chart) }];
  const [first, ...others] = overhead;
  const folded = others.map(
    (chart) =>
      `<details class="fold"><summary>${escapeHtml(chart.title)}</summary>${figureHtml(chart, null, "h3")}</details>`,
  );
  const matrix =
    first === undefined
      ? []
      : [{ id: "section-overhead", title: "Overhead", html: [await drawn(first), ...folded].join("\n") }];
  return [
    ...(await single(ladder, "Ladder")),
    ...matrix,
    ...(await single(intervals, "Intervals")),
    ...(await single(distributions, "Distributions")),
    ...(await single(startup, "Start-up")),
    ...(await single(memory, "Memory")),
  ];
}

async function drawn(chart: Chart): Promise<string> {
  return figureHtml(chart, await chartToSvg(chart, "light"), "h2");
}

function wordSections(view: ReportView): Section[] {
  const gaps = `<h2>What has no number, and why</h2>
<h3>Failed</h3>${failedHtml(view)}<h3>Not run</h3>${notRunHtml(view)}`;
  return [
    { id: "gaps", title: "Failed and not run", html: gaps },
    {
      id: "checks",
      title: "Checks",
      html: `<h2>Did the programs compute the right thing?</h2>${checksHtml(view)}`,
    },
    { id: "warnings", title: "Warnings", html: `<h2>Warnings</h2>${warningsHtml(view)}` },
    {
      id: "provenance",
      title: "Provenance",
      html: `<h2>Where the numbers come from</h2>${provenanceHtml(view)}`,
    },
  ];
}

function sectionHtml({ id, html }: Section): string {
  return `<section id="${id}">
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
