/** *What if*: the reader's own numbers, computed in the page from the fitted terms. */
import type { WhatIfInput } from "../../../model/what-if.ts";
import { escapeHtml, jsonForScript } from "../../kit/escape.ts";
import type { WhatIfView } from "../view/model-view.ts";

/** Steps of a slider that has a logarithmic scale. */
const STEPS = 1000;

export function whatIfHtml(view: WhatIfView): string {
  const { inputs, examples, configurations } = view;
  const main = inputs.filter(({ isMain }) => isMain).map(inputHtml);
  const more = inputs.filter(({ isMain }) => !isMain).map(inputHtml);
  const buttons = examples.map(
    ({ title }, index) => `<button type="button" data-example="${index}">${escapeHtml(title)}</button>`,
  );
  const hasFilters = configurations.some(({ hasFilter }) => hasFilter);
  const filter = hasFilters
    ? `<label class="check"><input type="checkbox" id="what-if-filters" autocomplete="off"> also with seccomp filters</label>`
    : "";
  return `<h2>What if: your program's numbers</h2>
<p><strong>Model, not measured.</strong> Say what a program does in one second of a native run; the fitted terms of this run say how much longer that second becomes. Start-up is not in it. ${trustText(view)}</p>
<noscript><p class="soft">This part computes in the page, and needs scripts.</p></noscript>
<div class="what-if">
<form id="what-if-inputs">
<p class="examples"><span>Made-up examples to begin with:</span> ${buttons.join(" ")}</p>
<div class="inputs">${main.join("\n")}</div>
<details><summary>More about the program</summary><div class="inputs">${more.join("\n")}</div></details>
</form>
<p id="what-if-remark" class="soft" role="status"></p>
${filter}
<ol id="what-if-results" aria-label="Modelled slowdown by configuration"></ol>
<details id="what-if-unknown" hidden><summary></summary><p class="soft">In brackets: the scenarios that measure it. <code>sbx-bench run --matrix --preset model</code> measures all.</p><ul></ul></details>
<p class="soft">A point is the modelled slowdown, the bar through it its 90 % interval; the scale is logarithmic, the dashed line is 1x. <code>sbx-bench predict -- COMMAND</code> counts a program's calls instead of guessing them.</p>
</div>
<script type="application/json" id="what-if-data">${jsonForScript(view)}</script>`;
}

function trustText({ configurations }: WhatIfView): string {
  if (configurations.every(({ errorBound }) => errorBound !== null)) {
    return "Intervals are those of the errors on programs that the model had not seen; n counts programs in configurations of the same kind.";
  }
  return "Intervals hold the noise of the measured operations, and not the error of the model itself, which may be larger; n counts rounds.";
}

function inputHtml({ id, title, unit, most, least }: WhatIfInput): string {
  const smallest = id === "threads" ? 1 : 0;
  const range =
    least === null ? `min="${smallest}" max="${most}" step="1"` : `min="0" max="${STEPS}" step="1"`;
  return `<div class="input"><label for="what-if-${id}">${escapeHtml(title)} <small>${escapeHtml(unit)}</small></label>
<input type="range" ${range} data-slider="${id}" aria-label="${escapeHtml(`${title} ${unit}, slider`)}" autocomplete="off">
<input type="number" id="what-if-${id}" data-number="${id}" min="${smallest}" max="${most}" step="any" inputmode="decimal" autocomplete="off"></div>`;
}
