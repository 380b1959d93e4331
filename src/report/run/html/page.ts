/** `report.html`: what it says, from top to bottom. */
import { articleHtml } from "../../article/html.ts";
import { flagEffectsSection } from "../../flags/html.ts";
import { modelScripts } from "../../kit/bundles.ts";
import type { Chart } from "../../kit/chart.ts";
import { documentHtml, type Section } from "../../kit/document.ts";
import { escapeHtml } from "../../kit/escape.ts";
import { plural } from "../../kit/format.ts";
import { figureHtml } from "../../kit/html-figure.ts";
import { chartToSvg } from "../../kit/render-chart.ts";
import { modelSections } from "../../model/html/model-sections.ts";
import { programSection } from "../../program/html.ts";
import { latencyChart } from "../../server/chart.ts";
import { serverSection } from "../../server/html.ts";
import { upgradeChart, upgradeSection } from "../../upgrade/html.ts";
import { allCharts, chartList, modelChartList, modelCharts } from "../charts/all-charts.ts";
import type { ReportView } from "../view/report-view.ts";
import {
  checksHtml,
  failedHtml,
  findingsHtml,
  headlineHtml,
  notRunHtml,
  provenanceHtml,
  warningsHtml,
} from "./sections.ts";

export async function pageHtml(view: ReportView): Promise<string> {
  const charts = view.performance === null ? null : allCharts(view.performance);
  const ofModel = modelCharts(view.model);
  const upgrades = view.upgrades.map((upgrade) => ({ upgrade, chart: upgradeChart(upgrade) }));
  const servers = view.servers.map((server) => ({ server, chart: latencyChart(server) }));
  const list = [
    ...servers.flatMap(({ chart }) => chart ?? []),
    ...upgrades.flatMap(({ chart }) => chart ?? []),
    ...(charts === null ? [] : chartList(charts)),
    ...modelChartList(ofModel),
  ];
  const sections = [
    ...(view.article === null
      ? []
      : [{ id: "article", title: "The article", html: articleHtml(view.article) }]),
    ...view.programs.map(programSection),
    ...(await Promise.all(servers.map(({ server, chart }) => serverSection(server, chart)))),
    ...(await Promise.all(upgrades.map(({ upgrade, chart }) => upgradeSection(upgrade, chart)))),
    ...view.flagEffects.map(flagEffectsSection),
    { id: "findings", title: "Findings", html: `<h2>What to notice</h2>${findingsHtml(view)}` },
    ...(await chartSections(charts)),
    ...(await modelSections(view.model, ofModel)),
    ...wordSections(view),
  ];
  return documentHtml({
    title: `sbx-bench ${view.runId}`,
    runId: view.runId,
    header: header(view),
    sections,
    charts: list,
    scripts: view.model === null ? [] : await modelScripts(),
  });
}

function header(view: ReportView): string {
  const { measured, failed, unavailable, excluded } = view.counts;
  const banner = view.banner === null ? "" : `<p class="banner" role="alert">${escapeHtml(view.banner)}</p>`;
  return `${banner}
<h1>${escapeHtml(view.title)}</h1>
<p class="soft">${escapeHtml(view.subtitle)} · ${plural(measured, "cell")} measured, ${failed} failed, ${unavailable} unavailable, ${excluded} excluded</p>
${view.performance === null ? "" : headlineHtml(view.performance.headline)}`;
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
