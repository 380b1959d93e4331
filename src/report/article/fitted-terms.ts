/** What the cost model of the same run says of the article's three kinds of cost. Pure. */
import type { ModelView } from "../model/view/model-view.ts";
import type { FittedTerm } from "./check-article.ts";

/** By id of the cost class. The table of the article is a matter of its own claims. */
const CLASS_IDS = {
  interception: "interception",
  forwarding: "forwarding",
  "memory mapping": "mapping",
  table: null,
} as const satisfies Record<ModelView["article"][number]["kind"], string | null>;

/** @param model `null` where the run has none: every class stays as it was measured */
export function fittedTerms(model: Pick<ModelView, "article"> | null): Record<string, FittedTerm[]> {
  const terms: Record<string, FittedTerm[]> = {};
  for (const { kind, title, label, text, cost } of model?.article ?? []) {
    const id = CLASS_IDS[kind];
    if (id === null || cost === null) continue;
    terms[id] = [...(terms[id] ?? []), { label: `fitted, ${label}: ${title} (90 % interval)`, text }];
  }
  return terms;
}
