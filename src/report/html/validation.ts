/** *Predicted against measured*: how good the model is on programs that it has not seen. */
import type { Chart } from "../charts/chart.ts";
import { VALIDATION_HEAD } from "../model-text.ts";
import type { ValidationView } from "../view/model-view.ts";
import { escapeHtml } from "./escape.ts";
import { figureHtml } from "./figure.ts";
import { tableHtml } from "./table.ts";

export function validationHtml({ lead, summary }: ValidationView, chart: Chart, svg: string): string {
  return `${figureHtml(chart, svg, "h2")}
<p><strong>${escapeHtml(lead)}</strong></p>
${tableHtml(
  "How good the predictions are",
  VALIDATION_HEAD,
  summary.map(({ name, value }) => [name, value]),
)}`;
}
