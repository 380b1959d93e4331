/** *Predicted against measured*: how good the model is on programs that it has not seen. */
import type { Chart } from "../../kit/chart.ts";
import { escapeHtml } from "../../kit/escape.ts";
import { figureHtml } from "../../kit/html-figure.ts";
import { tableHtml } from "../../kit/table.ts";
import { VALIDATION_HEAD } from "../text.ts";
import type { ValidationView } from "../view/model-view.ts";

export function validationHtml({ lead, summary }: ValidationView, chart: Chart, svg: string): string {
  return `${figureHtml(chart, svg, "h2")}
<p><strong>${escapeHtml(lead)}</strong></p>
${tableHtml(
  "How good the predictions are",
  VALIDATION_HEAD,
  summary.map(({ name, value }) => [name, value]),
)}`;
}
