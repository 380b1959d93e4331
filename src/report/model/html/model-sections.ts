import type { Section } from "../../kit/document.ts";
import { chartToSvg } from "../../kit/render-chart.ts";
import { type ModelCharts, modelChartList } from "../../run/charts/all-charts.ts";
import type { ModelView } from "../view/model-view.ts";
import { validationHtml } from "./validation.ts";
import { whatIfHtml } from "./what-if.ts";
import { whyHtml } from "./why.ts";

/** The parts of the page about the cost model; none without one. */
export async function modelSections(view: ModelView | null, charts: ModelCharts): Promise<Section[]> {
  if (view === null) return [];
  const drawn = new Map(
    await Promise.all(
      modelChartList(charts).map(async (chart) => [chart.id, await chartToSvg(chart, "light")] as const),
    ),
  );
  const { why, validation, whatIf, article } = view;
  const { identity } = charts;
  return [
    ...(why === null
      ? []
      : [{ id: "section-why", title: "Why", html: whyHtml(why, article, charts, drawn) }]),
    ...(validation === null || identity === null
      ? []
      : [
          {
            id: "section-predicted",
            title: "Predicted",
            html: validationHtml(validation, identity, drawn.get(identity.id) ?? ""),
          },
        ]),
    ...(whatIf === null ? [] : [{ id: "section-what-if", title: "What if", html: whatIfHtml(whatIf) }]),
  ];
}
