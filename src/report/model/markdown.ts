/** The parts of `report.md` about the cost model. */

import { plural } from "../kit/format.ts";
import { markdownCode, markdownTable, markdownText } from "../kit/markdown-text.ts";
import { identityChart } from "./charts/identity-chart.ts";
import { whyChart } from "./charts/why-chart.ts";
import {
  ARTICLE_HEAD,
  ARTICLE_TEXT,
  ARTICLE_TITLE,
  articleRow,
  COST_HEAD,
  costRow,
  VALIDATION_HEAD,
} from "./text.ts";
import type { ModelView, ValidationView, WhyConfiguration, WhyView } from "./view/model-view.ts";

export function modelMarkdown({ why, validation, article }: ModelView): string[] {
  return [
    ...(why === null ? [] : whyParts(why)),
    ...(article.length === 0
      ? []
      : [`### ${ARTICLE_TITLE}\n\n${ARTICLE_TEXT}`, markdownTable(ARTICLE_HEAD, article.map(articleRow))]),
    ...(validation === null ? [] : validationParts(validation)),
  ];
}

/** The chosen configuration open, with its operations; the others without a filter folded, with their terms alone. */
function whyParts({ configurations, chosen }: WhyView): string[] {
  const first = configurations[chosen]!;
  const charts = [whyChart(first, "operations"), whyChart(first, "programs")];
  const others = configurations.filter(
    ({ configuration, hasFilter }) => configuration !== first.configuration && !hasFilter,
  );
  return [
    "## Why it costs what it does",
    terms(first),
    ...charts.flatMap((chart) =>
      chart === null
        ? []
        : [
            `### ${markdownText(chart.title)}: ${markdownText(first.label)}`,
            markdownTable(chart.numbers.head, chart.numbers.rows),
          ],
    ),
    ...others.map(
      (one) => `<details><summary>${markdownText(one.label)}</summary>\n\n${terms(one)}\n\n</details>`,
    ),
  ];
}

function terms({ label, rounds, costs, gaps, command }: WhyConfiguration): string {
  const intro = `What each term costs more than natively under ${markdownText(label)}, with its 90 % interval over ${plural(rounds, "resampled round")}.`;
  const missing = gaps.map((gap) => `- ${markdownText(gap)}`).join("\n");
  const measure = command === null ? "" : `This measures them: ${markdownCode(command)}`;
  return [intro, markdownTable(COST_HEAD, costs.map(costRow)), missing, measure]
    .filter((part) => part !== "")
    .join("\n\n");
}

function validationParts(view: ValidationView): string[] {
  const { title, numbers } = identityChart(view);
  return [
    `## ${title}`,
    `**${markdownText(view.lead)}**`,
    markdownTable(
      VALIDATION_HEAD,
      view.summary.map(({ name, value }) => [name, value]),
    ),
    markdownTable(numbers.head, numbers.rows),
  ];
}
