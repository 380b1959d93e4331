/** *Why*: the terms of one configuration, which the reader chooses, and what they add up to. */
import { TERM_NAMES, TERMS } from "../../../model/terms.ts";
import { escapeHtml, jsonForScript } from "../../kit/escape.ts";
import { plural } from "../../kit/format.ts";
import { figureHtml } from "../../kit/html-figure.ts";
import { tableHtml } from "../../kit/table.ts";
import type { ModelCharts } from "../../run/charts/all-charts.ts";
import { MARK_FIELDS, SEGMENT_FIELDS, type WhyData, whyData } from "../charts/why-chart.ts";
import {
  ARTICLE_HEAD,
  ARTICLE_TEXT,
  ARTICLE_TITLE,
  articleRow,
  COST_HEAD,
  costRow,
  TOGETHER,
} from "../text.ts";
import type { ModelView, WhyConfiguration, WhyView } from "../view/model-view.ts";

/** @param drawn the static picture of a chart */
export function whyHtml(
  view: WhyView,
  article: ModelView["article"],
  charts: Pick<ModelCharts, "operations" | "programs">,
  drawn: ReadonlyMap<string, string>,
): string {
  const chosen = view.configurations[view.chosen]!;
  const figures = [charts.operations, charts.programs].flatMap((chart) =>
    chart === null ? [] : [figureHtml(chart, drawn.get(chart.id) ?? null, "h3")],
  );
  const options = view.configurations.map(
    ({ label }, index) => `<option${index === view.chosen ? " selected" : ""}>${escapeHtml(label)}</option>`,
  );
  return `<h2>Why it costs what it does</h2>
<p>A cost model splits what each operation costs more than natively into terms: so many entries into the kernel or Sentry, so many page faults, so many bytes. Their costs are fitted to all operations of a configuration at once.</p>
<p class="choose"><label>Configuration <select id="why-choice" autocomplete="off">${options.join("")}</select></label></p>
<noscript><p class="soft">Shown: ${escapeHtml(chosen.label)}. The others need scripts; report.md has those without a filter.</p></noscript>
${figures.join("\n")}
<h3>What each term costs</h3>
<p class="soft">More than natively, each, with the 90 % interval over resampled rounds (<span id="why-rounds">${plural(chosen.rounds, "round")}</span>). Below 0: cheaper than natively.</p>
<div id="why-costs">${tableHtml("Costs of the terms", COST_HEAD, chosen.costs.map(costRow))}</div>
<div id="why-gaps">${gapsHtml(chosen)}</div>
${unfittedHtml(view)}${articleHtml(article)}
<script type="application/json" id="why-data">${jsonForScript(clientData(view))}</script>`;
}

function gapsHtml({ gaps, command }: WhyConfiguration): string {
  if (gaps.length === 0) return "<p>Every term of the model has a cost here.</p>";
  const items = gaps.map((gap) => `<li>${emphasised(gap)}</li>`);
  const measure = command === null ? "" : `<p>This measures them: <code>${escapeHtml(command)}</code></p>`;
  return `<h4>Terms without a cost of their own</h4><ul>${items.join("")}</ul>${measure}`;
}

function unfittedHtml({ unfitted }: WhyView): string {
  if (unfitted.length === 0) return "";
  const items = unfitted.map(
    ({ configuration, reason }) =>
      `<li><code>${escapeHtml(configuration)}</code>: ${escapeHtml(reason)}</li>`,
  );
  return `<h4>Configurations without a model</h4><ul>${items.join("")}</ul>`;
}

function articleHtml(article: ModelView["article"]): string {
  if (article.length === 0) return "";
  return `<h3>${ARTICLE_TITLE}</h3><p class="soft">${ARTICLE_TEXT}</p>
${tableHtml(ARTICLE_TITLE, ARTICLE_HEAD, article.map(articleRow))}`;
}

/** `*so*` is set apart. */
function emphasised(text: string): string {
  return escapeHtml(text).replaceAll(/\*([^*]+)\*/g, "<em>$1</em>");
}

/** Titles and sentences once; configurations count in them. */
function clientData({ configurations }: WhyView) {
  const texts: string[] = [];
  const places = new Map<string, number>();
  const place = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.push(text) - 1);
    return texts.length - 1;
  };
  const packed = (data: WhyData) => ({ ...data, panels: data.panels.map(place), rows: data.rows.map(place) });
  return {
    texts,
    terms: [
      ...TERM_NAMES.map((term) => ({ name: term, title: TERMS[term].title })),
      { name: "together", title: TOGETHER },
    ],
    fields: { segments: SEGMENT_FIELDS, marks: MARK_FIELDS },
    configurations: configurations.map((one) => ({
      configuration: one.configuration,
      rounds: one.rounds,
      costs: one.costs.map((cost) => costRow(cost).map(place)),
      gaps: place(gapsHtml(one)),
      operations: packed(whyData(one, "operations")),
      operationKeys: one.ops.map(({ key }) => place(key)),
      programs: packed(whyData(one, "programs")),
      programKeys: one.programs.map(({ key }) => place(key)),
    })),
  };
}
