/** What a reader's own numbers are computed with, in the page. */

import { compareConfigurations } from "../../../axes/axes.ts";
import { familyOf } from "../../../model/calibrate.ts";
import { ERROR_SCALE } from "../../../model/conformal.ts";
import type { ConfigurationModel, CostModel } from "../../../model/cost-model.ts";
import type { CostReport } from "../../../model/cost-report.ts";
import { SMALLEST_SLOWDOWN } from "../../../model/predict-time.ts";
import { groupOf } from "../../../model/term-groups.ts";
import { TERMS, type TermName } from "../../../model/terms.ts";
import { CALLS_WITHIN, WHAT_IF_EXAMPLES, WHAT_IF_INPUTS, WHAT_IF_RULES } from "../../../model/what-if.ts";
import type { WhatIfConfiguration, WhatIfView } from "./model-view.ts";
import { configurationLabel, sourcesOf } from "./why.ts";

const USED = [...new Set(WHAT_IF_RULES.map(({ term }) => term))];
/** Of a cost and of its draws alike, so that rounding cannot push the one out of the others. */
const DIGITS = 4;

export function whatIf(model: CostModel, { trust }: CostReport): WhatIfView {
  return {
    inputs: WHAT_IF_INPUTS,
    rules: WHAT_IF_RULES,
    callsWithin: CALLS_WITHIN,
    examples: WHAT_IF_EXAMPLES,
    configurations: model.configurations
      .toSorted((a, b) => compareConfigurations(a.config, b.config))
      .map((member) => configurationOf(member, trust)),
    terms: Object.fromEntries(
      USED.map((term) => [term, { title: TERMS[term].title, measuredBy: sourcesOf(term).join(" or ") }]),
    ),
    errorScale: ERROR_SCALE,
    smallestSlowdown: SMALLEST_SLOWDOWN,
  };
}

/** Only terms that the inputs use, and that stand on their own. */
function configurationOf(member: ConfigurationModel, trust: CostReport["trust"]): WhatIfConfiguration {
  const own = trust.get(familyOf(member));
  const corrected = (term: TermName, ns: number) =>
    Number((ns * (own?.corrections[groupOf(term)] ?? 1)).toPrecision(DIGITS));
  const errorBound = own?.errorBound ?? null;
  const kept = member.terms.flatMap(({ term, costNs }, index) =>
    USED.includes(term) && !member.entangled.includes(term) ? [{ term, costNs, index }] : [],
  );
  return {
    configuration: member.configuration,
    label: configurationLabel(member),
    hasFilter: member.config.seccomp !== "none",
    terms: kept.map(({ term }) => term),
    costs: kept.map(({ term, costNs }) => corrected(term, costNs)),
    draws:
      errorBound === null
        ? member.draws.map((draw) => kept.map(({ term, index }) => corrected(term, draw[index]!)))
        : [],
    errorBound,
    mostOverlap: member.mostOverlap,
    n: own === undefined || errorBound === null ? member.rounds : own.cells,
  };
}
